"""Search over calls, answers and duties: one interface for both databases, permission by the kernel's rules.

`calls`, `posts`, `duties` find what holds a question, `alike` what is most like a text; `reader.run` keeps the index;
`refresh` brings calls up to date at once, where waiting for the reader would keep what must go, and `detach` lets nothing
point at an erased party; `rebuild` and `differences` make it anew and compare it with the tables.
"""

from huying.kernel.search.documents import detach, differences, rebuild, refresh
from huying.kernel.search.find import MOST_ASKED, PAGE, CallPage, alike, calls, duties, posts

__all__ = ["MOST_ASKED", "PAGE", "CallPage", "alike", "calls", "detach", "differences", "duties", "posts", "rebuild", "refresh"]
