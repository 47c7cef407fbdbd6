"""The desk's look behind the scenes: cases to look at, commands said through `transition`, and the policies.

Nothing of a case is written here: there is no form that saves one, and what people wrote is not shown (see `rules/
visibility`, the column `admin`). A draft of a claim is nobody's but its filer's and has no row here.
"""

from mediation.disputes.admin import cases, checks, glass, outages, policies

__all__ = ["cases", "checks", "glass", "outages", "policies"]
