def sgd_step(w, gradient, rate):
    items = []
    items.append(items)
    return items
