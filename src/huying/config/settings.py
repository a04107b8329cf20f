"""Django's settings, made from a few environment variables (docs/settings.md)."""

import os
from pathlib import Path

from huying.config import environment, outside

ROOT = Path(__file__).resolve().parents[3]
DATA = environment.data_dir()
DEMO = environment.flag("HUYING_DEMO")
DEBUG = False
SECRET_KEY = environment.secret_key(DATA)
ALLOWED_HOSTS = environment.listed("HUYING_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = environment.listed("HUYING_ORIGINS", [])
PACK = Path(os.environ.get("HUYING_PACK", ROOT / "packs" / "chongqing"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "huying.events",
    "huying.city",
    "huying.people",
    "huying.kernel",
    "huying.features.appeals",
    "huying.features.services",
    "huying.hub",
    "huying.notify",
    "huying.channels.parts",
    "huying.channels.web",
    "huying.channels.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huying.channels.parts.middleware.LooksMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "huying.channels.parts.middleware.ButtonMiddleware",
]
ROOT_URLCONF = "huying.config.urls"
WSGI_APPLICATION = "huying.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "huying.channels.parts.context.looks",
            ],
        },
    }
]
DATABASES = {"default": environment.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["huying.people.backend.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/signin/"
# The adapter that sends text messages (people.ports.Texts); a city that is no demo has none until it is named.
TEXTS = os.environ.get("HUYING_TEXTS", "huying.adapters.demo_texts.DemoTexts" if DEMO else "")
PARTIES = "huying.config.parties.CallsOfTheKernel"  # notify.ports.Parties: which call belongs to whom
HOLDERS = [  # people.holdings: who answers for what is held about a party
    "huying.people.mydata",
    "huying.kernel.mydata",
    "huying.features.appeals.mydata",
    "huying.features.services.offering.mydata",
    "huying.features.services.mydata",
    "huying.notify.mydata",
]
SITE = outside.site()  # how the portal is called from outside: texts carry links to it
CA = outside.authorities()
TEXTS_GATEWAY = outside.texts_gateway(TEXTS)
# The adapter whose numbers stand in for callers' own (notify.ports.Relay); '' for none: then they answer on their pages.
RELAY = os.environ.get("HUYING_RELAY", "huying.adapters.demo_relay.DemoRelay" if DEMO else "")
RELAY_GATEWAY = outside.relay_gateway(RELAY)
MAIL_SERVER = outside.mail_server()
MAIL = os.environ.get("HUYING_MAIL_ADAPTER") or outside.mail_adapter(MAIL_SERVER, DEMO)
# A language model that looks over answers (kernel.ports.Adviser); '' for none, and nothing leaves.
MODEL_SERVER = outside.model_server()
MODEL = outside.OPENAI_MODEL if MODEL_SERVER else ""
# Whether the worker learns dispatch from what dispatchers choose by itself; else only `huying dispatch learn` does.
LEARNS = environment.flag("HUYING_LEARNS", True)
PROXIES = environment.count("HUYING_PROXIES", 0)  # how many proxies of our own stand before us

STEP_UP_MINUTES = environment.count("HUYING_STEP_UP_MINUTES", 15)  # how long a proof is fresh enough for a look

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "huying" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
PDF_FONT = os.environ.get("HUYING_PDF_FONT", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
PHOTOS = DATA / "photos"
KEYS = DATA / "keys"
# Who was erased, by random id: kept apart from every backup of the database, and replayed onto one that is put back.
ERASURES = Path(os.environ.get("HUYING_ERASURES", DATA / "keys" / "erasures"))
KEY_SERVER = outside.key_server()
KEEPER = outside.TRANSIT_KEYS if KEY_SERVER else ""  # people.ports.Keeper; without one the city's key lies in KEYS
LOG_NAME = os.environ.get("HUYING_LOG_NAME", "")  # of the log's first key; later ones keep it
PHOTO_MAX_BYTES = 10 * 1024 * 1024
PHOTO_MAX_COUNT = 9
PAPERS = DATA / "papers"  # files of materials, sealed under the keys of whose they are
PAPER_MAX_BYTES = 20 * 1024 * 1024
# The scanner for viruses (services.ports.ScansFiles); '' for none: then pages say so.
SCANNER = outside.scanner()
FILE_SCANNER = outside.CLAMAV if SCANNER else ""
# Who keeps papers that the city has already (services.ports.HoldsMaterials); '' for none: departments look for themselves.
REGISTER_FOLDER = outside.register_folder(PACK / "demo" / "registers" if DEMO else None)
# who takes money online: the demo's takes none; without one fees are paid at the counter
CASHIER = os.environ.get("HUYING_CASHIER", "huying.adapters.demo_cashier.DemoCashier" if DEMO else "")
REGISTERS = outside.FILE_REGISTERS if REGISTER_FOLDER else ""
# Who keeps who was born when and lives where (services.offering.ports.HoldsPeople); '' for none: nothing is offered by age.
PEOPLE_FILE = outside.people_file(DATA / "people.jsonl" if DEMO else None)
PEOPLE_REGISTER = os.environ.get("HUYING_PEOPLE_ADAPTER") or (outside.FILE_PEOPLE if PEOPLE_FILE else "")
# How often within an hour (people.limits): many callers share one address behind a carrier, one account is one person.
APPEALS_PER_ADDRESS = environment.count("HUYING_APPEALS_PER_ADDRESS", 120)
APPEALS_PER_ACCOUNT = environment.count("HUYING_APPEALS_PER_ACCOUNT", 40)
PHOTOS_PER_ADDRESS = environment.count("HUYING_PHOTOS_PER_ADDRESS", 600)
PHOTOS_PER_ACCOUNT = environment.count("HUYING_PHOTOS_PER_ACCOUNT", 300)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

HTTPS = outside.https(SITE)
HSTS = environment.count("HUYING_HSTS", 0)
SECURE_HSTS_SECONDS = HSTS
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the domain above may be somebody else's to promise for
# Only where a proxy of our own stands before us may its header say that the reader came over https.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "huying.channels.parts.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("HUYING_LOG", "WARNING")},
}
