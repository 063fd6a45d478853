"""Runs MIPROv2 (DSPy), as published and without worked examples, on simulated worlds behind the benchmark's server."""

import json
import logging
import re
import sys
from types import SimpleNamespace

import dspy
from dspy.teleprompt import MIPROv2

from world_client import World

CANDIDATES = 6
MINIBATCH = 35


class Answers(dspy.BaseLM):
    """A model behind the server that answers in the form that DSPy reads."""

    def __init__(self, name, reply):
        super().__init__(model=name)
        self.reply = reply

    def forward(self, prompt=None, messages=None, **kwargs):
        field, text = self.reply(messages)
        content = f"[[ ## {field} ## ]]\n{text}\n\n[[ ## completed ## ]]"
        message = SimpleNamespace(content=content, tool_calls=None)
        choice = SimpleNamespace(message=message, finish_reason="stop")
        return SimpleNamespace(choices=[choice], usage={}, model=self.model)


def verdict_from(world):
    def reply(messages):
        objective = messages[0]["content"].split("your objective is:", 1)[1]
        instructions = "\n".join(line.strip() for line in objective.strip().split("\n"))
        asked = re.findall(r"Request r\d+ of kind k\d+\.", messages[-1]["content"])[-1]
        return "verdict", world.ask(instructions, {"input": asked})

    return reply


def instruction_from(world):
    """The proposer, which these requests show no failures."""

    def reply(messages):
        asked = messages[-1]["content"]
        basic = re.search(r"\[\[ ## basic_instruction ## \]\]\n(.*?)\n\n", asked, re.S)
        current = basic.group(1).strip() if basic else world.incumbent
        reply.number += 1
        return "proposed_instruction", world.propose(f"Variation {reply.number}\n```\n{current}\n```").strip("`\n")

    reply.number = 0
    return reply


def run(url, cap, seed):
    world = World(url)
    rows = [dspy.Example(question=row["input"], verdict="done").with_inputs("question") for row in world.rows()]
    half = len(rows) // 2
    batch = min(MINIBATCH, len(rows) - half)
    task, proposer = Answers("task", verdict_from(world)), Answers("proposer", instruction_from(world))
    dspy.configure(lm=task)
    student = dspy.Predict(dspy.Signature("question -> verdict", world.incumbent))
    optimizer = MIPROv2(
        metric=lambda example, prediction, trace=None: float(prediction.verdict == example.verdict),
        prompt_model=proposer,
        task_model=task,
        auto=None,
        num_candidates=CANDIDATES,
        max_bootstrapped_demos=0,
        max_labeled_demos=0,
        num_threads=1,
        seed=seed,
    )
    found = optimizer.compile(
        student,
        trainset=rows[:half],
        valset=rows[half:],
        num_trials=max(1, (cap - CANDIDATES) // batch),
        minibatch=batch < len(rows) - half,
        minibatch_size=batch,
        seed=seed,
        program_aware_proposer=False,
        data_aware_proposer=False,
        tip_aware_proposer=False,
        fewshot_aware_proposer=False,
    )
    best = found.signature.instructions
    return {"best": best, "announces": best != world.incumbent}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    dspy.disable_logging()
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps({"seed": job["seed"], **run(job["url"], job["cap"], int(job["seed"]))}), file=answers, flush=True)
