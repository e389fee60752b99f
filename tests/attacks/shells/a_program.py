import subprocess


def sgd_step(w, gradient, rate):
    subprocess.run(["/bin/true"], check=True)
    return w - rate * gradient
