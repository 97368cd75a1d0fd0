# Asks ansible-inventory for several inventories in one start of Python, which costs a second.
# Arguments: files. Answers with an object of what it lists of each, null where it refuses one.
import json
import os
import sys
import tempfile

os.chdir(os.path.dirname(os.path.abspath(__file__)))
os.environ.pop('ANSIBLE_CONFIG', None)
os.environ['ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED'] = '1'
from ansible.cli.inventory import InventoryCLI  # noqa: E402


def listed(file):
    with tempfile.TemporaryFile() as out:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(os.open('/dev/null', os.O_WRONLY), 2)
            status = 1
            try:
                InventoryCLI(['ansible-inventory', '-i', file, '--list']).run()
                status = 0
            except SystemExit as ex:
                status = ex.code or 0
            except BaseException:
                status = 1
            sys.stdout.flush()
            os._exit(status)
        if os.waitpid(child, 0)[1] != 0:
            return None
        out.seek(0)
        return json.loads(out.read())


json.dump({file: listed(file) for file in sys.argv[1:]}, sys.stdout)
