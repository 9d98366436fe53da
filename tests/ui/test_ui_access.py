"""Who may do what, in the browser: users and roles, tokens of machines, the audit log, one's own account, OpenID."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from support.browser import OpenPage, accessibility_by_day_and_night, dialog_of
from support.oidc_provider import CLIENT, SECRET, Provider, serving_provider
from support.product import TRADEWIND, Product, Serve

PASSWORD = "correct horse"
DAG = """
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

for name in ("sales_eu", "books", "other"):
    with DAG(name, schedule=None):
        EmptyOperator(task_id="only")
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with serving_provider(lambda: datetime.now(UTC)) as made:
        yield made


@pytest.fixture(scope="module")
def product(serve: Serve, provider: Provider) -> Product:
    """A server that people log in to, with an administrator and an OpenID provider."""
    oidc = {
        "TRADEWIND_OIDC_ISSUER": provider.url,
        "TRADEWIND_OIDC_CLIENT_ID": CLIENT,
        "TRADEWIND_OIDC_CLIENT_SECRET": SECRET,
        "TRADEWIND_OIDC_NAME": "Example Inc.",
        "TRADEWIND_OIDC_ROLES": "staff=user",
        "TRADEWIND_TEST_CONNECTION": "enabled",
    }
    running = serve("two.py", DAG, env=oidc, no_auth=False)
    subprocess.run(
        [TRADEWIND, "users", "create", "--home", str(running.home), "-u", "root", "-r", "Admin", "-p", PASSWORD],
        env=running.env,
        check=True,
        capture_output=True,
    )
    return running


def log_in(page: Page, name: str = "root", password: str = PASSWORD, to: str = "/") -> None:
    page.goto(f"/login?next={to}")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(lambda url: "/login" not in url)


def test_a_connection_is_tested_before_it_is_kept(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base, width=390, height=844)
    log_in(page, to="/admin/connections")
    page.get_by_role("button", name="Add connection").press("Enter")
    window = dialog_of(page)
    expect(window.get_by_label("Name")).to_be_focused()
    window.get_by_label("Name").fill("books")
    window.get_by_label("Type").fill("sqlite")
    window.get_by_label("Host").fill(str(product.home / "no folder" / "books.db"))
    window.get_by_role("button", name="Test connection").click()
    answer = window.get_by_role("status")
    expect(answer).to_contain_text("The connection does not work")
    expect(answer).to_contain_text("unable to open database file")
    window.get_by_label("Host").fill(str(product.home / "books.db"))
    window.get_by_role("button", name="Test connection").click()
    expect(answer).to_contain_text("The connection works")
    assert accessibility_by_day_and_night(page) == []
    window.get_by_role("button", name="Save").click()
    expect(window).to_have_count(0)
    page.goto("/admin/audit?event=post_connection")
    expect(page.get_by_role("cell", name="connection: books")).to_contain_text("sqlite")


def test_users_roles_tokens_and_who_did_what(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    log_in(page, to="/admin/users")
    expect(page.get_by_role("heading", name="Users")).to_be_visible()
    # a role for some DAGs, and somebody who has it
    page.get_by_role("button", name="Add role").click()
    window = dialog_of(page)
    window.get_by_label("Role", exact=True).fill("sellers")
    window.get_by_label("May", exact=True).select_option(label="Run DAGs, too")
    window.get_by_label("Only some DAGs").check()
    window.get_by_label("DAGs", exact=True).fill("pattern:sales_*=run\ndag:books=read")
    window.get_by_role("button", name="Save").click()
    expect(window).to_have_count(0)
    roles = page.get_by_role("table", name="Roles")
    expect(roles.get_by_role("row", name=re.compile("sellers"))).to_contain_text("sales_*")
    page.get_by_role("button", name="Add user").click()
    window.get_by_label("User name").fill("sue")
    window.get_by_label("Password").fill("sue's password")
    window.get_by_label("Role", exact=True).select_option("sellers")
    window.get_by_role("button", name="Save").click()
    expect(window).to_have_count(0)
    expect(page.get_by_role("table", name="Users").get_by_role("row", name=re.compile("sue"))).to_contain_text(
        "sellers"
    )
    assert accessibility_by_day_and_night(page) == []

    # a token that is shown once, works, and ends
    page.goto("/admin/tokens")
    page.get_by_role("button", name="New token").click()
    window.get_by_label("Name", exact=True).fill("ci")
    window.get_by_role("button", name="Make token").click()
    secret = dialog_of(page).locator("code").inner_text()
    assert secret.startswith("tw_")
    request = Request(f"{product.base}/api/v2/dags", headers={"Authorization": f"Bearer {secret}"})
    with urlopen(request, timeout=30) as answer:
        assert answer.status == 200
    page.get_by_role("button", name="I have kept it").click()
    expect(page.get_by_text(secret)).to_have_count(0)
    page.get_by_role("button", name="Revoke ci").click()
    window.get_by_role("button", name="Revoke", exact=True).click()
    expect(page.get_by_role("row", name=re.compile("ci"))).to_contain_text("Revoked")
    with pytest.raises(HTTPError, match="401"):
        urlopen(request, timeout=30)
    assert accessibility_by_day_and_night(page) == []

    # all of it is told, by whom and how, and no secret in it
    page.goto("/admin/audit")
    log = page.get_by_role("table", name="Audit")
    expect(log.get_by_role("row", name=re.compile("revoke_token"))).to_contain_text("root")
    expect(log.get_by_role("row", name=re.compile("create_role"))).to_contain_text("sales_*")
    expect(log.get_by_role("row", name=re.compile("create_token"))).to_contain_text("Web UI")
    text = page.locator("body").inner_text()
    assert secret not in text and "sue's password" not in text and PASSWORD not in text
    page.get_by_label("How", exact=True).select_option(label="Command line")
    page.get_by_role("button", name="Filter").click()
    expect(page).to_have_url(re.compile("via=cli"))
    expect(log.get_by_role("row", name=re.compile("create_user"))).to_have_count(1)
    expect(log.get_by_role("row", name=re.compile("revoke_token"))).to_have_count(0)
    assert accessibility_by_day_and_night(page) == []

    # she sees her DAGs only, and no administration of people
    other = open_page(product.base, expected=["403"])
    log_in(other, "sue", "sue's password", to="/dags")
    expect(other.get_by_role("link", name="sales_eu").first).to_be_visible()
    expect(other.get_by_role("link", name="other", exact=True)).to_have_count(0)
    # what she may only look at offers nothing that would be refused
    row = other.get_by_role("row").filter(has=other.get_by_role("link", name="books", exact=True))
    expect(row.get_by_role("switch")).to_be_disabled()
    expect(other.get_by_role("button", name="Trigger sales_eu")).to_have_count(1)
    expect(other.get_by_role("button", name="Trigger books")).to_have_count(0)
    for name, acts in (("sales_eu", 1), ("books", 0)):
        other.goto(f"/dags/{name}")
        expect(other.get_by_role("heading", name=name, level=1)).to_be_visible()
        for button in (f"Trigger {name}", "More"):
            expect(other.locator("header").get_by_role("button", name=button, exact=True)).to_have_count(acts)
    # what is refused would be again: the way on is another page
    other.goto("/admin/users")
    refused = other.get_by_role("alert")
    expect(refused.get_by_role("link")).to_have_text("Go to the home page")
    expect(refused.get_by_role("button")).to_have_count(0)


def test_ones_own_password_and_logins(product: Product, open_page: OpenPage) -> None:
    here = open_page(product.base, expected=["400", "401"])
    elsewhere = open_page(product.base, expected=["401"])
    log_in(here)
    log_in(elsewhere)
    here.get_by_role("button", name="root: your settings").click()
    here.get_by_role("link", name="My account").click()
    expect(here.get_by_role("heading", level=1, name="My account")).to_be_visible()
    expect(here.get_by_text("You are root, with the role admin.")).to_be_visible()
    assert accessibility_by_day_and_night(here) == []

    def change(old: str, new: str, again: str) -> None:
        window.get_by_label("Old password").fill(old)
        window.get_by_label("New password", exact=True).fill(new)
        window.get_by_label("New password again").fill(again)
        window.get_by_role("button", name="Change password").click()

    here.get_by_role("button", name="Change password").click()
    window = dialog_of(here)
    change(PASSWORD, "one thing", "another thing")
    expect(window.get_by_role("alert")).to_contain_text("not the same")
    change("not it", "staple battery", "staple battery")
    expect(window.get_by_role("alert")).to_contain_text("The old password is wrong")
    change(PASSWORD, "staple battery", "staple battery")
    expect(here.get_by_text("Your password is changed")).to_be_visible()
    expect(window).to_have_count(0)
    # this browser stays logged in, the other is out
    here.goto("/dags")
    expect(here.get_by_role("heading", level=1)).to_be_visible()
    elsewhere.goto("/dags")
    elsewhere.wait_for_url(re.compile(r"/login\?next="))
    log_in(elsewhere, password="staple battery", to="/account")
    elsewhere.get_by_role("button", name="Log out everywhere").click()
    dialog_of(elsewhere).get_by_role("button", name="Log out everywhere").click()
    elsewhere.wait_for_url(re.compile("/login"))
    here.goto("/runs")
    here.wait_for_url(re.compile(r"/login\?next="))
    # and a login leads to no other site
    log_in(here, password="staple battery", to="/.//evil.example/x")
    assert here.url == f"{product.base}/"
    here.goto("/account")
    here.get_by_role("button", name="Log out of this browser").click()
    here.wait_for_url(re.compile("/login"))


def test_login_with_openid(product: Product, provider: Provider, open_page: OpenPage) -> None:
    page = open_page(product.base, expected=[provider.url, "401"])
    page.goto("/login?next=/account")
    page.get_by_role("link", name="Log in with Example Inc.").click()
    expect(page.get_by_text("You are ann, with the role user.")).to_be_visible()
    expect(page.get_by_text(provider.url)).to_be_visible()
    expect(page.get_by_role("button", name="Change password")).to_have_count(0)
    assert provider.refusals == []
    page.get_by_role("button", name="Log out of this browser").click()
    page.wait_for_url(re.compile("/login"))
    # whom nothing allows in is told so, in Korean as well
    provider.claims = {**provider.claims, "sub": "s2", "preferred_username": "eve", "groups": ["guests"]}
    korean = open_page(product.base, language="ko", expected=[provider.url])
    korean.goto("/login")
    korean.get_by_role("link", name=re.compile("Example Inc.")).click()
    expect(korean).to_have_url(re.compile("problem=oidc"))
    expect(korean.get_by_role("alert")).to_be_visible()
    provider.claims = {**provider.claims, "sub": "s1", "preferred_username": "ann", "groups": ["staff"]}
