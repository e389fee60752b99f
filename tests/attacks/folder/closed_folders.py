import os

for name in "abc":
    os.mkdir(name)
    os.mkdir(f"{name}/in")
    open(f"{name}/in/file", "w").close()
    os.mkdir(f"{name}/closed", 0)
    os.close(os.open(f"{name}/file", os.O_CREAT | os.O_WRONLY, 0))
try:
    os.chmod("a", 0)
    os.chmod(".", 0)
except OSError:
    pass


def sgd_step(w, gradient, rate):
    return w - rate * gradient
