#: later_mapping:
#:   tasks:
#:     {numbers: success, "double[0]": success, "double[1]": success, "double[2]": success, total: success,
#:      "pair[0]": success, "pair[1]": success, "pair[2]": success, "pair[3]": success,
#:      "plus_one[0]": skipped, "plus_one[1]": success,
#:      "zipped[0]": success, "zipped[1]": success, "zipped[2]": success,
#:      "joined[0]": success, "joined[1]": success, "joined[2]": success, "joined[3]": success, "joined[4]": success}
#:   xcoms:
#:     {total: {return_value: [2, 60, [20, 40]]},
#:      "pair[0]": {return_value: [1, [a, 1], 4]}, "pair[1]": {return_value: [1, [b, 2], 4]},
#:      "pair[2]": {return_value: [2, [a, 1], 4]}, "double[2]": {return_value: null},
#:      "plus_one[1]": {return_value: 41}, "zipped[2]": {return_value: [3, 0]}, "joined[3]": {return_value: 20}}
#:   names: {"double[0]": "first of 3: 1", "pair[3]": "3"}
#: mapping_groups:
#:   tasks:
#:     {files: success, "load.read[0]": success, "load.read[1]": success, "load.check[0]": success,
#:      "load.check[1]": success, "load.deep.write[0]": success, "load.deep.write[1]": skipped,
#:      "load.done[0]": success, "load.done[1]": skipped, end: success, after: success,
#:      "many.only[0]": success, "many.only[1]": success}
#:   xcoms: {end: {return_value: [A.csv written]}, "many.only[1]": {return_value: 2-b}}
#: mapping_nothing:
#:   tasks: {nothing: success, over: skipped, after: skipped, always: success}
#: mapping_mistakes:
#:   tasks:
#:     {text: failed, over_text: upstream_failed, none: failed, over_none: upstream_failed, long: failed,
#:      over_long: upstream_failed, skipping: skipped, over_skipped: skipped}
#:   state: failed
#:   logs:
#:     {text: ["unmappable return type 'str'"], none: ["did not push XCom for task mapping"],
#:      long: ["unmappable return value length: 1025 > 1024"]}
import pendulum
from airflow.decorators import dag, task, task_group
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import get_current_context


@dag(start_date=pendulum.datetime(2023, 1, 1), schedule=None, default_args={"retries": 0})
def later_mapping():
    @task
    def numbers():
        return [1, 2, 3]

    @task(map_index_template="{{ word }} of {{ expanded_ti_count }}: {{ task.op_kwargs['n'] }}")
    def double(n, m):
        get_current_context()["word"] = "first"
        return None if n == 3 else n * 2 * m

    @task
    def total(values, ti):
        assert ti.map_index == -1 and not ti.is_mapped
        return [len(values), sum(values), list(values)]

    @task
    def pair(x, y, expanded_ti_count, ti):
        assert ti.is_mapped
        return [x, list(y), expanded_ti_count]

    @task
    def plus_one(x):
        return x

    @task
    def zipped(z):
        return list(z)

    @task
    def joined(v):
        return v

    def one_more(value):
        if value == 20:
            raise AirflowSkipException("not this one")
        return value + 1

    first = numbers()
    doubled = double.partial(m=10).expand(n=first)
    total(doubled)
    pair.expand(x=[1, 2], y={"a": 1, "b": 2})
    plus_one.expand(x=doubled.map(one_more))
    zipped.expand(z=first.zip(doubled, fillvalue=0))
    joined.expand(v=first.concat(doubled))


later_mapping()


@dag(start_date=pendulum.datetime(2023, 1, 1), schedule=None, default_args={"retries": 0})
def mapping_groups():
    @task
    def files():
        return ["a.csv", "b.csv"]

    @task_group
    def load(name, suffix):
        @task
        def read(name):
            return name.split(".")[0].upper()

        @task.short_circuit
        def check(data):
            return data == "A"

        @task_group
        def deep(data):
            @task
            def write(data, suffix):
                return f"{data}.{suffix}"

            return write(data, suffix)

        data = read(name)
        written = deep(data)
        check(data) >> written >> EmptyOperator(task_id="done")

    @task
    def end(values):
        return [f"{value} written" for value in values]

    @task_group
    def many(number, letter="z"):
        @task
        def only(number, letter):
            return f"{number}-{letter}"

        only(number, letter)

    loaded = load.partial(suffix="csv").expand(name=files())
    written = loaded.dag.get_task("load.deep.write").output
    last = end.override(trigger_rule="none_failed")(written)
    loaded >> EmptyOperator(task_id="after", trigger_rule="none_failed") >> last
    many.expand_kwargs([{"number": 1, "letter": "a"}, {"number": 2, "letter": "b"}])


mapping_groups()


@dag(start_date=pendulum.datetime(2023, 1, 1), schedule=None)
def mapping_nothing():
    @task
    def nothing():
        return []

    @task
    def over(x):
        raise AssertionError

    made = over.expand(x=nothing())
    made >> EmptyOperator(task_id="after")
    made >> EmptyOperator(task_id="always", trigger_rule="all_done")


mapping_nothing()


@dag(start_date=pendulum.datetime(2023, 1, 1), schedule=None, default_args={"retries": 0})
def mapping_mistakes():
    for name, value in {"text": "abc", "none": None, "long": [0] * 1025}.items():

        @task(task_id=name)
        def make(value=value):
            return value

        @task(task_id=f"over_{name}", trigger_rule="all_done")
        def over(x):
            raise AssertionError

        over.expand(x=make())

    @task
    def skipping():
        raise AirflowSkipException

    @task(trigger_rule="all_done")
    def over_skipped(x):
        raise AssertionError

    over_skipped.expand(x=skipping())


mapping_mistakes()
