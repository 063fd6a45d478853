"""What every Python optimizer is given of a simulated world: its rows, its prompt, a model and a proposer behind one server that counts."""

import json
import re
import urllib.request


class World:
    def __init__(self, url):
        self.url = url
        told = self._get("/task")
        self.incumbent = told["incumbent"]
        self._inputs = told["inputs"]

    def rows(self):
        return [{"id": index, "input": text, "expected": "done"} for index, text in enumerate(self._inputs)]

    def ask(self, instructions, row):
        return self._chat("task", [("system", instructions), ("user", row["input"])])

    def propose(self, prompt):
        return self._chat("proposer", [("user", prompt)])

    def calls(self):
        return self._get("/count")["calls"]

    @staticmethod
    def score(answer):
        return 1.0 if answer == "done" else 0.0

    def feedback(self, row, answer):
        number, kind = re.match(r"Request (r\d+) of kind (k\d+)\.", row["input"]).groups()
        if answer == "done":
            return f"{number} right"
        if answer != "refused":
            return f"{number} lost: the answer has no readable form"
        return f"{number} wrong: not what requests of kind {kind} need"

    def _chat(self, model, said):
        body = {"model": model, "messages": [{"role": role, "content": content} for role, content in said]}
        return self._post("/v1/chat/completions", body)["choices"][0]["message"]["content"]

    def _get(self, path):
        with urllib.request.urlopen(self.url + path) as reply:
            return json.load(reply)

    def _post(self, path, body):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), {"content-type": "application/json"})
        with urllib.request.urlopen(request) as reply:
            return json.load(reply)
