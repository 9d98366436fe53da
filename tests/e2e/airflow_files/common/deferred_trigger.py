from airflow.triggers.base import BaseTrigger, TaskSuccessEvent, TriggerEvent


class Hello(BaseTrigger):
    def __init__(self, name):
        super().__init__()
        self.name = name

    def serialize(self):
        return "common.deferred_trigger.Hello", {"name": self.name}

    async def run(self):
        self.log.info("the trigger waits for %s", self.name)
        yield TriggerEvent({"name": self.name})


class Broken(BaseTrigger):
    def serialize(self):
        return "common.deferred_trigger.Broken", {}

    async def run(self):
        raise RuntimeError("no luck")
        yield


class Ends(BaseTrigger):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def serialize(self):
        return "common.deferred_trigger.Ends", {"value": self.value}

    async def run(self):
        yield TaskSuccessEvent(xcoms={"return_value": self.value})
