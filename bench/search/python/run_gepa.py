"""Runs GEPA, as published, on simulated worlds behind the benchmark's server. One JSON line per world on stdout."""

import json
import random
import sys

import gepa
from gepa.core.adapter import EvaluationBatch, GEPAAdapter

from world_client import World


class WorldAdapter(GEPAAdapter):
    """Asks the server about each row; feedback is what every system is told."""

    def __init__(self, world):
        self.world = world

    def evaluate(self, batch, candidate, capture_traces=False):
        answers = [self.world.ask(candidate["instructions"], row) for row in batch]
        scores = [self.world.score(answer) for answer in answers]
        traces = [
            {"Inputs": row["input"], "Generated Outputs": answer, "Feedback": self.world.feedback(row, answer)}
            for row, answer in zip(batch, answers)
        ]
        return EvaluationBatch(outputs=answers, scores=scores, trajectories=traces if capture_traces else None)

    def make_reflective_dataset(self, candidate, eval_batch, components_to_update):
        return {name: list(eval_batch.trajectories) for name in components_to_update}


def run(url, cap, seed):
    world = World(url)
    rows = world.rows()
    random.Random(seed).shuffle(rows)
    half = len(rows) // 2
    best = gepa.optimize(
        seed_candidate={"instructions": world.incumbent},
        trainset=rows[:half],
        valset=rows[half:],
        adapter=WorldAdapter(world),
        reflection_lm=lambda prompt: world.propose(prompt),
        stop_callbacks=[lambda state: world.calls() >= cap],
        cache_evaluation=True,
        display_progress_bar=False,
        seed=seed,
        logger=type("Silent", (), {"log": lambda self, message: None})(),
    )
    scores = best.val_aggregate_scores
    return {
        "best": best.best_candidate["instructions"],
        "claimed": max(scores) - scores[0],
        "announces": best.best_idx != 0,
        "calls": world.calls(),
        "candidates": len(scores),
    }


if __name__ == "__main__":
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps({"seed": job["seed"], **run(job["url"], job["cap"], int(job["seed"]))}), flush=True)
