"""Parsing in child processes: what a good file gives, and that no bad file does more than fail."""

from __future__ import annotations

import concurrent.futures
import logging
import os
import re
import threading
from pathlib import Path

import psutil
import pytest
from loading_lab import Folder

from tradewind.errors import AirflowNotFoundException
from tradewind.loading.bundle import FolderBundle
from tradewind.loading.parse import FileParser
from tradewind.runtime.zygote import ZygoteError
from tradewind.spec import wire

PLAIN = ("SyntaxError", "KeyboardInterrupt", "EOFError", "RecursionError")
"""Errors of Python that say all there is to say."""

GOOD = """\
from tradewind import DAG
from tradewind.authoring.operators.python import PythonOperator

with DAG("good", schedule="0 2 * * *"):
    PythonOperator(task_id="one", python_callable=print) >> PythonOperator(task_id="two", python_callable=print)
"""


def test_a_good_file(folder: Folder) -> None:
    parsed = folder.parse("team/good.py", GOOD)
    assert parsed.file.errors == ()
    (spec,) = parsed.file.dags
    assert spec.dag_id == "good"
    assert [task.task_id for task in spec.tasks] == ["one", "two"]
    assert spec.fileloc == str(folder.root / "team/good.py")
    assert spec.relative_fileloc == parsed.file.relative_fileloc == "team/good.py"
    assert parsed.file.imports == ()
    assert parsed.lines == {"good": 4}
    assert 0 < parsed.file.seconds < 10
    assert not (folder.root / "team" / "__pycache__").exists()


def test_the_digest_is_of_the_content_and_the_imports(folder: Folder) -> None:
    folder.write("helper.py", "NAME = 'one'\n")
    text = "from tradewind import DAG\nimport helper\ndag = DAG(helper.NAME)\n"
    first = folder.parse("dag.py", text).file
    assert first.imports == ("helper.py",)
    assert folder.parse("dag.py").file.digest == first.digest
    folder.write("helper.py", "NAME = 'two'\n")
    second = folder.parse("dag.py").file
    assert [spec.dag_id for spec in second.dags] == ["two"], "every parse starts from clean modules"
    assert second.digest != first.digest


def test_files_and_folders_that_make_dags_are_inputs(folder: Folder) -> None:
    folder.write("configs/a.yaml", "name: a\n")
    text = """\
from pathlib import Path
from tradewind import DAG
from pkg.load import read
for path in sorted((Path(__file__).parent / "configs").glob("*.yaml")):
    dag = DAG(read(path))
Path(__file__).with_name("written.txt").write_text("no input")
"""
    folder.write("pkg/__init__.py", "")
    folder.write("pkg/load.py", "def read(path):\n    return path.read_text().split()[1]\n")
    file = folder.parse("dag.py", text).file
    assert [spec.dag_id for spec in file.dags] == ["a"]
    assert file.imports == ("configs", "configs/a.yaml", "pkg/__init__.py", "pkg/load.py")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("from tradewind import DAG\n\nwith DAG('x')\n    pass\n", 3, ["expected ':'"], id="syntax"),
        pytest.param("from tradewind import DAG\nimport pandaz\n", 2, ["pandaz"], id="missing package"),
        pytest.param(
            GOOD + "    a = PythonOperator(task_id='a', python_callable=print)\n"
            "    b = PythonOperator(task_id='b', python_callable=print)\n"
            "    a >> b >> a\n",
            None,
            ["cycle", "good", "a", "b"],
            id="cycle",
        ),
        pytest.param(
            GOOD + "    PythonOperator(task_id='one', python_callable=print)\n", 6, ["one", "good"], id="duplicate id"
        ),
        pytest.param(GOOD.replace("0 2 * * *", "0 25 * * *"), 4, ["0 25 * * *"], id="bad cron"),
        pytest.param("from tradewind import DAG\nraise KeyboardInterrupt\n", 2, ["KeyboardInterrupt"], id="interrupt"),
        pytest.param("from tradewind import DAG\na = DAG('a')\n\nb = DAG('a')\n", 4, ["'a'", "twice"], id="twice"),
        pytest.param("from tradewind import DAG\nx = input('name?')\n", 2, ["EOF"], id="input"),
        pytest.param("from tradewind import DAG\ndef f():\n    f()\nf()\n", 3, ["recursion"], id="recursion"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_fix(folder: Folder, text: str, line: int | None, words: list[str]) -> None:
    error = folder.error("bad.py", text)
    assert all(word in error.message for word in words), error.message
    assert "; fix: " in error.message or error.message.startswith(PLAIN), error.message
    if line is not None:
        assert error.line == line
    assert isinstance(error.line, int)


def test_an_error_in_a_helper_names_the_input_that_must_change(folder: Folder) -> None:
    folder.write("deep.py", "raise RuntimeError('not today')\n")
    folder.write("helper.py", "import deep\n")
    parsed = folder.parse("bad.py", "from tradewind import DAG\nimport helper\n")
    assert parsed.file.imports == ("deep.py", "helper.py"), "modules that failed are not in sys.modules any more"
    assert "not today" in parsed.file.errors[0].message


def test_one_bad_dag_does_not_hide_the_others_of_its_file(folder: Folder) -> None:
    text = GOOD + "with DAG('round') as dag:\n    a = PythonOperator(task_id='a', python_callable=print)\n"
    text += "    b = PythonOperator(task_id='b', python_callable=print)\n    a >> b >> a\n"
    file = folder.parse("two.py", text).file
    assert [spec.dag_id for spec in file.dags] == ["good"]
    assert len(file.errors) == 1
    assert "round" in file.errors[0].message
    assert file.errors[0].line is not None


START = "from tradewind import DAG\nimport os, sys, signal, threading, time\nfirst = DAG('never')\n"


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        pytest.param("sys.exit(3)\n", 4, ["sys.exit(3)", "line 4"], id="sys.exit"),
        pytest.param("sys.exit()\n", 4, ["sys.exit()"], id="sys.exit without a status"),
        pytest.param("os._exit(0)\n", None, ["exited with status 0", "os._exit"], id="os._exit"),
        pytest.param("os.kill(os.getpid(), 9)\n", None, ["SIGKILL", "memory"], id="killed"),
        pytest.param("import ctypes\nctypes.string_at(0)\n", 5, ["SIGSEGV", "line 5"], id="crash"),
        pytest.param("os.abort()\n", 4, ["SIGABRT"], id="abort"),
        pytest.param("time.sleep(60)\n", 4, ["longer than 1 seconds", "line 4"], id="sleeps"),
        pytest.param("while True:\n    pass\n", None, ["longer than 1 seconds"], id="spins"),
        pytest.param(
            "while True:\n    try:\n        time.sleep(60)\n    except BaseException:\n        pass\n",
            6,
            ["longer than 1 seconds", "line 6"],
            id="swallows the time limit",
        ),
        pytest.param(
            "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\nthreading.Event().wait()\n",
            5,
            ["longer than 1 seconds"],
            id="blocks the time limit",
        ),
        pytest.param("os.closerange(3, 256)\ntime.sleep(0)\n", None, [], id="closes every descriptor"),
        pytest.param(
            "import socket, glob\nfor name in os.listdir('/proc/self/fd'):\n    try:\n"
            "        socket.socket(fileno=os.dup(int(name))).send(b'\\xff' * 64)\n    except OSError:\n        pass\n"
            "time.sleep(60)\n",
            None,
            ["socket of its loader"],
            id="writes into the socket",
        ),
    ],
)
def test_nothing_a_file_does_to_its_process_gets_out(
    folder: Folder, code: str, line: int | None, words: list[str]
) -> None:
    error = folder.error("bad.py", START + code)
    assert all(word in error.message for word in words), (error.message, error.traceback)
    assert "; fix: " in error.message
    if line is not None:
        assert error.line == line
    # the parser still works
    assert [spec.dag_id for spec in folder.parse("good.py", GOOD).file.dags] == ["good"]


def test_a_file_that_kills_the_template_process_hurts_only_itself(root: Path) -> None:
    with FileParser(time_limit=5) as parser:
        folder = Folder(root, FolderBundle("dags", root), parser)
        error = folder.error("bad.py", START + "os.kill(os.getppid(), 9)\ntime.sleep(60)\n")
        assert "template process" in error.message
        assert "fix:" in error.message
        assert [spec.dag_id for spec in folder.parse("good.py", GOOD).file.dags] == ["good"]


def test_a_file_that_forks_is_loaded_once(folder: Folder) -> None:
    text = START.replace("never", "forked") + "pid = os.fork()\nsecond = DAG('child' if pid == 0 else 'parent')\n"
    file = folder.parse("dag.py", text).file
    assert [spec.dag_id for spec in file.dags] == ["forked", "parent"]
    assert file.errors == ()


def test_programs_left_behind_are_ended(folder: Folder) -> None:
    text = START + "import subprocess\np = subprocess.Popen(['sleep', '1000'], start_new_session=True)\n"
    text += "open(os.path.join(os.path.dirname(__file__), 'pid'), 'w').write(str(p.pid))\n"
    assert len(folder.parse("dag.py", text).file.dags) == 1
    assert not psutil.pid_exists(int((folder.root / "pid").read_text()))


def test_threads_left_behind_do_not_keep_the_process(folder: Folder) -> None:
    text = START + "threading.Thread(target=time.sleep, args=(1000,)).start()\n"
    assert len(folder.parse("dag.py", text).file.dags) == 1


def test_what_a_file_prints_goes_to_the_log(folder: Folder, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "tradewind.loading.output")
    text = START + "print('from python')\nos.write(1, b'from c\\n')\nos.system('echo from a program')\n"
    assert folder.parse("dag.py", text + "print('to stderr', file=sys.stderr)\n").file.errors == ()
    lines = {record.getMessage().partition(" printed: ")[2] for record in caplog.records}
    assert lines == {"from python", "from c", "from a program", "to stderr"}
    assert all(str(folder.root / "dag.py") in record.getMessage() for record in caplog.records)


def test_endless_output_fills_nothing(folder: Folder, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "tradewind.loading.output")
    error = folder.error("bad.py", START + "while True:\n    print('x' * 1000)\n")
    assert "longer than" in error.message
    assert len(error.traceback) < 200_000
    assert len(caplog.records) <= 201
    assert re.search(r"printed \d+ more lines", caplog.records[-1].getMessage()) or len(caplog.records) < 201


def serve(request: wire.Request) -> object:
    match request:
        case wire.GetVariable(key="name"):
            return "from_variable"
        case wire.GetVariable(key="bug"):
            raise ZeroDivisionError("a bug of the server")
        case wire.GetVariable(key=key):
            raise AirflowNotFoundException(f"Variable {key} does not exist")
        case wire.GetConnection(conn_id=conn_id):
            return {"conn_id": conn_id, "conn_type": "http", "host": "example.com"}
        case _:
            raise AssertionError(request)


def test_files_may_read_variables_and_connections(root: Path) -> None:
    with FileParser(serve=serve, time_limit=5) as parser:
        folder = Folder(root, FolderBundle("dags", root), parser)
        text = """\
from tradewind import DAG, BaseHook, Variable
dag = DAG(Variable.get("name"), tags=[BaseHook.get_connection("api").host, Variable.get("gone", default_var="default")])
"""
        parsed = parser.parse(folder.bundle, folder.write("dag.py", text).name)
        assert parsed.file.errors == ()
        assert parsed.file.dags[0].dag_id == "from_variable"
        assert set(parsed.file.dags[0].tags) == {"example.com", "default"}
        asked = {wire.GetVariable("name"), wire.GetVariable("gone"), wire.GetConnection("api")}
        assert set(parsed.answers) == asked
        assert parser.still_told(parsed.answers)
        assert not parser.still_told({wire.GetVariable("name"): "another value"})
        with FileParser(serve=serve, time_limit=5) as other:
            again = other.parse(folder.bundle, "dag.py")
        assert again.file.digest != parsed.file.digest, "secrets must not be guessable from a digest"


@pytest.mark.parametrize(("key", "words"), [("gone", ["gone"]), ("bug", ["ZeroDivisionError"])])
def test_a_variable_that_cannot_be_read_is_an_import_error(root: Path, key: str, words: list[str]) -> None:
    with FileParser(serve=serve, time_limit=5) as parser:
        folder = Folder(root, FolderBundle("dags", root), parser)
        file = folder.parse("bad.py", f"from tradewind import DAG, Variable\ndag = DAG(Variable.get('{key}'))\n").file
        assert [error.line for error in file.errors] == [2]
        assert all(word in file.errors[0].message for word in words), file.errors[0].message


def test_many_threads_parse_at_once(folder: Folder) -> None:
    names = [f"dag_{number}.py" for number in range(12)]
    for name in names:
        folder.write(name, f"from tradewind import DAG\ndag = DAG({name[:-3]!r})\n")
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        parsed = list(pool.map(folder.parse, names))
    assert [spec.dag_id for one in parsed for spec in one.file.dags] == [name[:-3] for name in names]


def test_nothing_is_left_after_close(root: Path) -> None:
    parser = FileParser(time_limit=30)
    folder = Folder(root, FolderBundle("dags", root), parser)
    folder.parse("good.py", GOOD)
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    fifo = root / "started"
    os.mkfifo(fifo)
    folder.write("slow.py", START + f"open({str(fifo)!r}, 'w').write('x')\ntime.sleep(1000)\n")
    outcome: list[BaseException] = []

    def parse_slow() -> None:
        try:
            folder.parse("slow.py")
        except ZygoteError as error:
            outcome.append(error)

    thread = threading.Thread(target=parse_slow, daemon=True)
    thread.start()
    fifo.read_text()
    started = {process.pid for process in psutil.Process().children(recursive=True)} - before
    assert started
    parser.close()
    thread.join(60)
    assert not thread.is_alive()
    assert len(outcome) == 1
    assert not [pid for pid in started if psutil.pid_exists(pid)]


def test_children_get_default_signals(folder: Folder) -> None:
    text = START + "assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL\n"
    assert folder.parse("dag.py", text).file.errors == ()


CARELESS = """\
from airflow.models import Connection, Variable
from airflow.sdk.log import mask_secret

lake, key = Connection.get("lake"), Variable.get("api_key")
mask_secret("made-by-code")
print("printed", lake.password, key, "made-by-code")
raise ValueError(f"no way to http://u:{lake.password}@host with {key} and made-by-code")
"""


def test_no_error_and_no_output_tells_a_secret(folder: Folder, caplog: pytest.LogCaptureFixture) -> None:
    told: list[wire.Request] = []

    def serve(request: wire.Request) -> object:
        told.append(request)
        match request:
            case wire.GetConnection():
                return {"conn_id": "lake", "conn_type": "http", "password": "lake-password"}
            case wire.GetVariable():
                return "the-api-key"
            case _:
                return None

    with FileParser(serve=serve) as parser, caplog.at_level(logging.INFO, "tradewind.loading.output"):
        asking = Folder(folder.root, folder.bundle, parser)
        error = asking.error("careless.py", CARELESS)
    assert "no way to http://u:***@host with *** and ***" in error.message
    assert "printed *** *** ***" in caplog.text
    for text in (error.message, error.traceback, caplog.text):
        for secret in ("lake-password", "the-api-key"):
            assert secret not in text
    assert "no way to http://u:***@host with *** and ***" in error.traceback
    assert wire.KeepSecrets(("made-by-code",)) in told
    # without a database nobody is told, and nothing is said of it
    with FileParser() as parser:
        alone = Folder(folder.root, folder.bundle, parser)
        plain = alone.parse("plain.py", "from airflow.sdk.log import mask_secret\nmask_secret('made-by-code')\n")
    assert plain.file.errors == ()
