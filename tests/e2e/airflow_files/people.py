#: people:
#:   state: failed
#:   tasks: {choose: success, fill: success, approve: success, kept: success, reject: success, dropped: skipped, deep: skipped,
#:           refuse: failed, branch: success, left: success, right: skipped, late: success, never: failed, tell: success}
#:   answers:
#:     choose: {chosen_options: [red, blue]}
#:     fill: {chosen_options: [OK], params_input: {size: 4, name: "Ada"}}
#:     approve: {chosen_options: [Approve]}
#:     reject: {chosen_options: [Reject]}
#:     refuse: {chosen_options: [Reject]}
#:     branch: {chosen_options: [to the left]}
#:   logs:
#:     choose: ["told: Colours for 2024-03-05?", "/tasks/choose/required_actions?map_index=-1"]
#:     refuse: ["HITLRejectException"]
#:     never: ["HITLTimeoutError"]
#:     tell: ["red+blue", "size 4 of Ada by anonymous", "late: ['go']"]
from datetime import datetime, timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.hitl import (
    ApprovalOperator,
    HITLBranchOperator,
    HITLEntryOperator,
    HITLOperator,
)
from airflow.sdk import DAG, BaseNotifier, Param, task


class Told(BaseNotifier):
    template_fields = ("text",)

    def __init__(self, text):
        super().__init__()
        self.text = text

    def notify(self, context):
        link = HITLOperator.generate_link_to_ui_from_context(context=context, base_url="http://localhost:8080")
        print(f"told: {self.text} {link}")


with DAG("people", start_date=datetime(2023, 1, 1), schedule=None):
    choose = HITLOperator(
        task_id="choose",
        subject="Colours for {{ ds }}?",
        options=["red", "green", "blue"],
        multiple=True,
        notifiers=[Told("{{ task.subject }}")],
    )
    fill = HITLEntryOperator(
        task_id="fill",
        subject="Fill in",
        params={"size": Param(type="integer", minimum=1), "name": Param("nobody", type="string")},
    )
    ApprovalOperator(task_id="approve", subject="Go?") >> EmptyOperator(task_id="kept")
    (
        ApprovalOperator(task_id="reject", subject="Go?", ignore_downstream_trigger_rules=True)
        >> EmptyOperator(task_id="dropped")
        >> EmptyOperator(task_id="deep", trigger_rule="all_done")
    )
    ApprovalOperator(task_id="refuse", subject="Go?", fail_on_reject=True)
    HITLBranchOperator(
        task_id="branch",
        subject="Where?",
        options=["to the left", "to the right"],
        options_mapping={"to the left": "left", "to the right": "right"},
    ) >> [EmptyOperator(task_id="left"), EmptyOperator(task_id="right")]
    late = HITLOperator(
        task_id="late", subject="Now?", options=["go", "wait"], defaults="go", response_timeout=timedelta(seconds=0.2)
    )
    HITLOperator(task_id="never", subject="Now?", options=["go"], response_timeout=timedelta(seconds=0.2))

    @task
    def tell(colours, form, at):
        print("+".join(colours["chosen_options"]))
        values = form["params_input"]
        print(f"size {values['size']} of {values['name']} by {form['responded_by_user']['name']}")
        print("late:", at["chosen_options"])

    tell(choose.output, fill.output, late.output)
