"""Pages for when something went wrong, in the same hand: what happened, whether anything was lost, the way on."""

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _


def page(request: HttpRequest, status: int, title: str, words: str, ask: str = "") -> HttpResponse:
    """One error page. `ask` is a link's label that leads home; without it the label is 回首页."""
    context = {"title": title, "words": words, "status": status, "ask": ask or _("回首页")}
    return HttpResponse(loader.render_to_string("parts/error.html", context, request), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return page(request, 400, _("这个请求没看懂"), _("可能是网址不完整，或者页面放得太久了。请回到上一页再试一次。"))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return page(request, 403, _("这一页不对您开放"), _("如果您应该能看到它，请先登录，或者换一个账号。"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: missing and not yours look the same."""
    return page(request, 404, _("没有找到这一页"), _("网址可能写错了，或者这一件不在您名下。用查询号和查询码可以查进度。"))


def by_button(request: HttpRequest) -> HttpResponse:
    """405: an address that only takes what a form sends was opened like a page."""
    return page(request, 405, _("这个网址不能直接打开"), _("它只收页面上提交的内容。请回到刚才那一页，再按一次按钮。"))


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    words = _("一次发来的照片太多太大了，这一次没有收到。请按“返回”，您写的字还在；少选几张再提交。")
    return page(request, 413, _("发来的内容太大"), words)


def failed(request: HttpRequest) -> HttpResponse:
    """500. May use neither the database nor anything that could be what failed."""
    words = _(
        "是我们这边出了问题，已经记下来了。刚才提交的内容可能没有收到：请按“返回”再试一次，同一件不会重复登记。急事请打 12345。"
    )
    return page(request, 500, _("系统出了点问题"), words)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token did not fit: an old page, or cookies that are switched off."""
    words = _("为了安全，这一次没有提交。请按“返回”，刷新一下再提交；如果还不行，请允许本网站使用 Cookie。")
    return page(request, 403, _("页面放得太久了"), words)
