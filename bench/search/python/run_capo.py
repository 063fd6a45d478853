"""Runs CAPO (promptolution), as published and without worked examples, on simulated worlds behind the benchmark's server."""

import json
import logging
import random
import sys

import numpy as np
import pandas as pd
from promptolution.llms.base_llm import BaseLLM
from promptolution.optimizers.capo import CAPO
from promptolution.predictors.base_predictor import BasePredictor
from promptolution.tasks.classification_tasks import ClassificationTask
from promptolution.utils.callbacks import BaseCallback

from world_client import World

POPULATION = 4
BLOCK = 10


class Asked(BaseLLM):
    """The task's model: what stands before the last line is the prompt."""

    def __init__(self, world):
        super().__init__()
        self.world = world

    def _get_response(self, prompts, system_prompts):
        return [self.world.ask(*split(prompt)) for prompt in prompts]


def split(prompt):
    instructions, _, question = prompt.rpartition("\n")
    return instructions, {"input": question}


class Proposes(BaseLLM):
    """The proposer, which these requests show no failures. Of a request to cross two prompts it makes both, each line once."""

    def __init__(self, world):
        super().__init__()
        self.world = world

    def _get_response(self, prompts, system_prompts):
        return [f"<prompt>{self.reply(prompt)}</prompt>" for prompt in prompts]

    def reply(self, prompt):
        if "\nPrompt 2: " not in prompt:
            return varied(self.world, between(prompt, "\nPrompt: "), prompt)
        self.world.propose(prompt)
        one = between(prompt, "\nPrompt 1: ", "\nPrompt 2: ")
        return "\n".join(dict.fromkeys((one + "\n" + between(prompt, "\nPrompt 2: ")).split("\n")))


def between(text, start, end="\n\nReturn the new prompt"):
    return text.split(start, 1)[1].split(end, 1)[0].strip()


def varied(world, instructions, asked):
    return world.propose(f"{asked}\n```\n{instructions}\n```").strip("`\n")


class Labels(BasePredictor):
    def _extract_preds(self, preds):
        return preds


class Until(BaseCallback):
    def __init__(self, world, cap):
        super().__init__()
        self.world, self.cap = world, cap

    def on_step_end(self, optimizer):
        return self.world.calls() < self.cap


def run(url, cap, seed):
    random.seed(seed)
    np.random.seed(seed)
    world = World(url)
    rows = world.rows()
    task = ClassificationTask(
        pd.DataFrame({"x": [row["input"] for row in rows], "y": ["done" for _ in rows]}),
        task_description="Answer customers' requests.",
        n_subsamples=BLOCK,
        eval_strategy="sequential_block",
        seed=seed,
    )
    asked = Asked(world)
    starts = [world.incumbent, *(varied(world, world.incumbent, f"Variation {number}") for number in range(1, POPULATION))]
    optimizer = CAPO(
        predictor=Labels(asked),
        task=task,
        meta_llm=Proposes(world),
        initial_prompts=starts,
        upper_shots=0,
        df_few_shots=pd.DataFrame({"x": [], "y": []}),
        callbacks=[Until(world, cap)],
    )
    best = optimizer.optimize(cap)[0].instruction
    return {"best": best, "announces": best != world.incumbent}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps({"seed": job["seed"], **run(job["url"], job["cap"], int(job["seed"]))}), file=answers, flush=True)
