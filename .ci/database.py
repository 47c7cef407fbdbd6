"""Finds a way into the local PostgreSQL, makes a role and a database for the tests, and writes their URL to a file.

The ways, in order: who we are over TCP, `postgres` over TCP, and (as root) the system user `postgres`.
"""

import getpass
import secrets
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

NAME = "parley_ci"
HOST = "127.0.0.1"


def main(target: str) -> None:
    password = secrets.token_urlsafe(16)
    commands = [
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME)),
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(f"test_{NAME}")),
        # Kept, not made anew: a role that owns anything else, such as a benchmark's database, cannot be dropped.
        sql.SQL("DO $$ BEGIN CREATE ROLE {}; EXCEPTION WHEN duplicate_object THEN END $$").format(sql.Identifier(NAME)),
        sql.SQL("ALTER ROLE {} LOGIN SUPERUSER PASSWORD {}").format(sql.Identifier(NAME), sql.Literal(password)),
        sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(NAME), sql.Identifier(NAME)),
    ]
    if not any(run_as(user, commands) for user in dict.fromkeys((getpass.getuser(), "postgres"))):
        run_as_system_user(commands)
    Path(target).write_text(f"postgres://{NAME}:{password}@{HOST}:5432/{NAME}\n")


def run_as(user: str, commands: list[sql.Composed]) -> bool:
    try:
        with psycopg.connect(host=HOST, user=user, dbname="postgres", autocommit=True, connect_timeout=5) as connection:
            for command in commands:
                connection.execute(command)
    except psycopg.OperationalError:
        return False
    return True


def run_as_system_user(commands: list[sql.Composed]) -> None:
    script = "".join(command.as_string() + ";\n" for command in commands)
    psql = ["runuser", "-u", "postgres", "--", "psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", "postgres"]
    subprocess.run(psql, input=script, text=True, check=True, cwd="/")


if __name__ == "__main__":
    main(sys.argv[1])
