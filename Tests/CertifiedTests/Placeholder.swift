import Certified
