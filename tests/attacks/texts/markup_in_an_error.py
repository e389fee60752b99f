def sgd_step(w, gradient, rate):
    raise ValueError("[bold green]passed[/] <script>alert(1)</script> {{ w0 }} %s {0}")
