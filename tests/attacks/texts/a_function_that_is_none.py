import numpy as np

sgd_step = np.zeros(3)
