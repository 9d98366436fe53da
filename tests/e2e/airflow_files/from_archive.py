#: from_archive:
#:   tasks: {greet: success, total: success}
#:   xcoms:
#:     greet: {return_value: "hello from the archive"}
#:     total: {return_value: 6}
# The test packs this file with a module beside it into `shop.zip`, as Airflow loads it from there.
from datetime import datetime

from airflow.decorators import dag, task

from shop_words import greeting


@dag(start_date=datetime(2023, 1, 1), schedule=None)
def from_archive():
    @task
    def greet():
        return greeting()

    @task
    def total(text):
        import shop_numbers  # only now: the archive is still where modules come from

        assert text == greeting()
        return sum(shop_numbers.SOLD)

    total(greet())


from_archive()
