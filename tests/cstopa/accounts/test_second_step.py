"""Who may change at once what readers see, or manage accounts, shows more than a password, and comes nowhere before."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from cstopa.accounts import factors
from cstopa.accounts.browsers import remember
from cstopa.accounts.models import Session, SignIn
from cstopa.library.models import Picture
from tests import make
from tests.cstopa.accounts.codes import code_of, secret_in, with_app
from tests.cstopa.accounts.conftest import LOGIN, RIGHT
from tests.cstopa.admin.rows import page
from tests.reading import spaced

pytestmark = pytest.mark.django_db

DESK, STEP, ADD = (reverse(f"admin:{name}") for name in ("index", "second-step", "add-factor"))
CODES, LOG = reverse("admin:recovery-codes"), reverse("admin:log")


@pytest.fixture(autouse=True)
def asked(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def publisher(anna):
    anna.groups.add(Group.objects.get(name="Publisher"))
    return anna


def at_step(name="anna", address="198.51.100.7", **asked):
    """Return a browser in which the password was right."""
    browser = Client(REMOTE_ADDR=address, query_params=asked)
    sent = {"username": name, "password": RIGHT, **asked}
    browser.answer = browser.post(LOGIN, sent)
    assert browser.answer.headers["Location"] == STEP
    return browser


def is_in(browser):
    return browser.get(DESK).status_code == 200


def gives(browser, code):
    browser.answer = browser.post(STEP, {"code": code})
    return browser.answer.status_code == 302


def text_of(browser):
    return spaced(strip_tags(browser.answer.text))


def test_at_the_first_sign_in_a_factor_is_set_up_and_then_one_goes_on(publisher):
    browser, wanted = Client(), page(make.article(), "change")
    browser.post(LOGIN, {"username": "anna", "password": RIGHT, "next": wanted})
    shown = browser.get(STEP, follow=True)
    assert shown.request["PATH_INFO"] == ADD
    assert not is_in(browser)
    secret = secret_in(shown)
    assert browser.post(ADD, {"code": "000000"}).status_code == 200
    assert not factors.has_any(publisher)
    used = code_of(secret)
    done = browser.post(ADD, {"code": used})
    assert done.headers["Location"] == CODES
    assert is_in(browser)
    shown = browser.get(CODES)
    codes = factors.recovery_codes_of(publisher).get_unused_codes()
    assert all(f"{code[:4]} {code[4:]}" in shown.text for code in codes)
    saved = browser.get(CODES, {"file": ""})
    assert "attachment" in saved.headers["Content-Disposition"]
    assert len(saved.text.split("\n")) == len(codes) + 2
    assert browser.post(CODES).headers["Location"] == wanted
    assert browser.get(CODES).headers["Location"] == reverse("admin:second-factor")
    # The code by which the app was added is used.
    other = at_step()
    assert not gives(other, used)
    assert gives(other, code_of(secret, 1))
    assert is_in(other)


@pytest.mark.parametrize(
    ("groups", "permissions", "is_required"),
    [
        (["Publisher"], [], True),
        (["Administrator"], [], True),
        # Who names topics, and the Assembly's address.
        (["Editor"], [], True),
        (["Keeper of facts"], [], True),
        (["Writer"], ["view_user", "view_membership", "add_document", "review_article"], False),
        ([], ["change_seatallocation"], True),
        ([], ["delete_membership"], True),
        ([], ["add_source"], True),
        ([], ["publish_article"], True),
        ([], ["change_user"], True),
        ([], ["delete_group"], True),
    ],
)
def test_it_is_required_by_what_somebody_may_do(anna, groups, permissions, is_required):
    anna.groups.set(Group.objects.filter(name__in=groups))
    anna.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    answer = Client().post(LOGIN, {"username": "anna", "password": RIGHT})
    assert (answer.headers["Location"] == STEP) == is_required


def test_who_has_come_by_a_password_alone_reaches_nothing(publisher):
    """As one does who was signed in before she got the right, and as each did before this version."""
    article, draft = make.article(), make.article(status="draft", published_at=None)
    browser = Client()
    browser.force_login(publisher)
    for address in (DESK, page(article, "change"), reverse("admin:sessions"), LOG):
        assert browser.get(address).headers["Location"].startswith(f"{LOGIN}?next=")
    assert "no-store" not in browser.get("/").headers.get("Cache-Control", "")
    kept = f"/admin/news/article/{draft.pk}/"
    posts = {
        page(article, "change"): {"headline_en": "Changed"},
        f"{kept}working-copy/": {"working_copy": "a" * 32},
        f"{kept}preview/": {"headline_en": "Changed"},
        page(Picture, "add"): {},
        reverse("admin:password_change"): {},
        reverse("admin:sessions"): {"end": "others"},
        CODES: {},
    }
    for address, sent in posts.items():
        assert browser.post(address, sent).headers["Location"].startswith(LOGIN), address
    for name in (
        "library_picture_upload",
        "documents_document_upload",
        "library-pick",
        "paste",
        "paste-word",
    ):
        answer = browser.post(reverse(f"admin:{name}"), b"x", content_type="text/html")
        assert answer.status_code == 403, name
    article.refresh_from_db()
    assert article.headline_en != "Changed"
    # The password is asked again: who sits there may be anybody.
    shown = browser.get(f"{LOGIN}?next={page(article, 'change')}", follow=True)
    assert shown.request["PATH_INFO"] == ADD
    code = code_of(secret_in(shown))
    address = f"{ADD}?{shown.request['QUERY_STRING']}"
    assert browser.post(address, {"code": code}).status_code == 200
    assert browser.post(address, {"code": code, "password": "not hers"}).status_code == 200
    assert not is_in(browser)
    assert browser.post(address, {"code": code, "password": RIGHT}).headers["Location"] == CODES
    assert browser.post(CODES).headers["Location"] == page(article, "change")


def test_another_session_of_before_is_asked_for_the_code(publisher):
    secret, browser = with_app(publisher), Client()
    browser.force_login(publisher)
    assert browser.get(LOGIN, follow=True).request["PATH_INFO"] == STEP
    assert browser.post(ADD, {"code": code_of(secret), "password": RIGHT}).status_code == 302
    assert factors.of(publisher).count() == 1
    assert gives(browser, code_of(secret))
    assert is_in(browser)


def test_a_code_is_taken_once(publisher):
    secret = with_app(publisher)
    first, second = at_step(), at_step()
    code = code_of(secret)
    assert gives(first, f"{code[:3]} {code[3:]}")
    assert not gives(second, code)
    assert "not right, or was used before" in text_of(second)
    assert not gives(second, code_of(secret, -1))
    assert not is_in(second)
    codes = factors.new_recovery_codes(publisher).generate_codes()
    assert gives(second, codes[3])
    third = at_step()
    assert not gives(third, codes[3])
    assert gives(third, codes[4])
    assert "Left: 8." in third.get(DESK).text
    entries = third.get(LOG, {"kind": "auth.user"})
    assert entries.status_code == 200


def test_wrong_codes_are_counted_and_the_right_one_waits(publisher, clock):
    secret = with_app(publisher)
    stranger = at_step(address="203.0.113.9")
    for _each in range(5):
        assert not gives(stranger, "000000")
    assert "Try again in 30 seconds" in text_of(stranger)
    # Also from elsewhere, for whoever is there has the password; and the password does not begin the count anew.
    elsewhere = at_step(address="198.51.100.9")
    assert not gives(elsewhere, code_of(secret))
    clock.shift(31)
    assert gives(elsewhere, code_of(secret))
    assert SignIn.objects.filter(account=publisher, outcome="second").count() == 5
    assert SignIn.objects.filter(account=publisher, outcome="done").count() == 1


def test_in_a_known_browser_no_stranger_is_waited_for(publisher, clock):
    secret, hers = with_app(publisher), at_step()
    assert gives(hers, code_of(secret))
    hers.post(reverse("admin:logout"))
    stranger = at_step(address="203.0.113.9")
    for _each in range(6):
        gives(stranger, "000000")
    clock.shift(30)
    hers.post(LOGIN, {"username": "anna", "password": RIGHT})
    assert gives(hers, code_of(secret))


def test_the_password_alone_makes_no_browser_known_to_the_second_step(publisher):
    """A link sets one, as a letter does: each browser that it makes known has no guesses of its own here."""
    with_app(publisher)
    for number in range(6):
        browser = Client(REMOTE_ADDR=f"203.0.113.{number}")
        answer = HttpResponse()
        remember(answer, "anna")
        browser.cookies.update(answer.cookies)
        browser.post(LOGIN, {"username": "anna", "password": RIGHT})
        gives(browser, "000000")
    assert "Too many attempts" in text_of(browser)
    assert SignIn.objects.filter(outcome="second").count() == 5


def test_nobody_is_signed_in_before_and_not_for_long(publisher, clock):
    secret, browser = with_app(publisher), at_step()
    assert not Session.objects.of(publisher).exists()
    assert not SignIn.objects.exists()
    clock.shift(9 * 60)
    assert browser.get(STEP).status_code == 200
    clock.shift(2 * 60)
    assert browser.get(STEP).headers["Location"] == LOGIN
    assert browser.post(STEP, {"code": code_of(secret)}).headers["Location"] == LOGIN
    assert not is_in(browser)
    browser = at_step()
    publisher.set_password("another one, 2 years")
    publisher.save()
    assert browser.post(STEP, {"code": code_of(secret)}).headers["Location"] == LOGIN
    assert not is_in(browser)


def test_the_session_of_before_is_another(publisher):
    """Who had somebody sign in with a key that he knows has nothing of it."""
    secret, browser = with_app(publisher), Client()
    # A client makes a session of nobody's, as who plants one does.
    planted = browser.session.session_key
    browser.post(LOGIN, {"username": "anna", "password": RIGHT})
    at = browser.cookies["sessionid"].value
    assert at != planted
    assert gives(browser, code_of(secret))
    assert browser.cookies["sessionid"].value != at
    # Nor who had one signed in by a password alone.
    browser = Client()
    browser.force_login(publisher)
    at = browser.cookies["sessionid"].value
    assert gives(browser, code_of(secret, 1))
    assert browser.cookies["sessionid"].value != at
    assert not Session.objects.filter(session_key=at).exists()


def test_one_signs_in_as_somebody_else(publisher):
    browser = at_step()
    assert browser.post(STEP, {"leave": "1"}).headers["Location"] == LOGIN
    assert browser.get(STEP).headers["Location"] == LOGIN
    assert browser.get(ADD).headers["Location"] == LOGIN


def test_nothing_of_who_began_is_left_to_who_signs_in(publisher, django_user_model):
    with_app(publisher)
    browser = at_step()
    assert "You sign in as anna." in spaced(strip_tags(browser.get(STEP).text))
    django_user_model.objects.create_user("berta", password=RIGHT, is_staff=True)
    assert browser.post(LOGIN, {"username": "berta", "password": RIGHT}).status_code == 302
    assert is_in(browser)
    assert browser.get(STEP).headers["Location"] == LOGIN


def test_who_lacks_it_may_leave(publisher):
    browser = Client()
    browser.force_login(publisher)
    browser.post(reverse("admin:logout"))
    assert not Session.objects.filter(account=publisher).exists()


def test_it_leads_nowhere_else(publisher):
    secret, browser = with_app(publisher), Client()
    browser.force_login(publisher)
    address = f"{STEP}?next=https://evil.example/"
    assert browser.post(address, {"code": code_of(secret)}).headers["Location"] == DESK


@pytest.mark.parametrize("sent", [{}, {"code": "\0"}, {"code": "९९९९९९"}, {"code": "1" * 999}])
def test_what_is_no_code_is_refused_with_a_sentence(publisher, sent):
    with_app(publisher)
    browser = at_step()
    answer = browser.post(STEP, sent)
    assert answer.status_code == 200
    assert "errornote" in answer.text
    assert browser.put(STEP).status_code == browser.put(ADD).status_code == 405


@pytest.mark.parametrize("address", ["login", "signup", "2fa", "password/reset", "email", ""])
def test_no_address_of_allauth_is_there(client, address):
    assert client.get(f"/accounts/{address}/".replace("//", "/")).status_code == 404


def test_the_desk_lists_no_secret(admin_client, settings):
    settings.SECOND_FACTOR = False
    for address in ("mfa/authenticator/", "account/emailaddress/"):
        assert admin_client.get(f"{DESK}{address}").status_code == 404


def test_who_needs_none_is_asked_once_she_has_one(anna):
    browser, elsewhere = Client(), Client()
    for each in (browser, elsewhere):
        each.post(LOGIN, {"username": "anna", "password": RIGHT})
        assert is_in(each)
    shown = browser.get(ADD)
    sent = {"code": code_of(secret_in(shown)), "password": RIGHT}
    assert browser.post(ADD, sent).headers["Location"] == CODES
    assert is_in(browser)
    assert not is_in(at_step())
    # Who has signed in before by the password alone, with or without her, is out.
    assert not is_in(elsewhere)
