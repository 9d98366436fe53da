#: retry_policies:
#:   state: failed
#:   tasks: {auth: failed, limited: success, unknown: success, strict: failed, custom: failed, broken: success,
#:           final: failed, exhausted: failed}
#:   tries: {auth: 1, limited: 2, unknown: 2, strict: 1, custom: 2, broken: 2, final: 1, exhausted: 2}
#:   first_logs:
#:     auth: ["the retry policy decided: fail (not retryable)"]
#:     limited: ["the retry policy decided: retry (rate limit)"]
#:     broken: [the retry policy of, "ZeroDivisionError"]
from datetime import datetime, timedelta

from airflow.exceptions import AirflowFailException
from airflow.sdk import DAG, ExceptionRetryPolicy, RetryAction, RetryDecision, RetryPolicy, RetryRule, task

RULES = ExceptionRetryPolicy(
    rules=[
        RetryRule(exception="builtins.PermissionError", action=RetryAction.FAIL, reason="not retryable"),
        RetryRule(
            exception=[TimeoutError, "builtins.ConnectionError"],
            retry_delay=timedelta(milliseconds=50),
            reason="rate limit",
        ),
        RetryRule(exception=LookupError, action=RetryAction.FAIL, match_subclasses=False),
    ]
)


class OnlyOnce(RetryPolicy):
    def evaluate(self, exception, try_number, max_tries, context=None):
        assert max_tries == 3 and context["ti"].task_id == "custom"
        return RetryDecision.retry(timedelta(seconds=0.05)) if try_number < 2 else RetryDecision.fail()


class Broken(RetryPolicy):
    def evaluate(self, exception, try_number, max_tries, context=None):
        return 1 / 0


with DAG(
    "retry_policies",
    start_date=datetime(2023, 1, 1),
    schedule=None,
    default_args={"retries": 3, "retry_delay": timedelta(hours=1)},
):

    @task(retry_policy=RULES)
    def auth():
        raise PermissionError("no")

    @task(retry_policy=RULES)
    def limited(ti):
        if ti.try_number == 1:
            raise ConnectionResetError("again, please")

    @task(retry_policy=RULES, retry_delay=0.05)
    def unknown(ti):
        if ti.try_number == 1:
            raise KeyError("only LookupError itself fails at once")

    @task(retry_policy=ExceptionRetryPolicy([], default=RetryAction.FAIL))
    def strict():
        raise ValueError("no rule")

    @task(retry_policy=OnlyOnce())
    def custom():
        raise ValueError("wrong")

    @task(retry_policy=Broken(), retry_delay=0.05)
    def broken(ti):
        if ti.try_number == 1:
            raise ValueError("wrong")

    @task(retry_policy=ExceptionRetryPolicy([], default=RetryAction.RETRY))
    def final():
        raise AirflowFailException("never asked")

    @task(retry_policy=RULES, retries=1)
    def exhausted():
        raise TimeoutError("always")

    auth(), limited(), unknown(), strict(), custom(), broken(), final(), exhausted()
