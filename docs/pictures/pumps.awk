# 1,000 rows of pumps whose truth is known: two hidden causes, load and heat, move all fields but humidity.
#   awk -f docs/pictures/pumps.awk > pumps.csv
# Random numbers are made here (Park and Miller 1988), so that every awk writes the same rows.
function uniform() { state = state * 48271 % 2147483647; return state / 2147483647 }
function normal() { return sqrt(-2 * log(uniform())) * cos(6.283185307 * uniform()) }
function poisson(rate,   p, n) { p = uniform(); n = 0; while (p > exp(-rate)) { p *= uniform(); n++ } return n }
BEGIN {
  state = 2026
  print "speed,flow,pressure,power,temperature,bearing,vibration,humidity,starts,valve,mode"
  for (i = 0; i < 1000; i++) {
    load = normal(); heat = normal()
    speed = 1500 + 300 * load + 40 * normal()
    flow = 50 + 9 * load + 2 * normal()
    pressure = 4 + 0.9 * load * load + 0.3 * load + 0.25 * normal()
    power = 20 + 6 * load + 2 * heat + 1.2 * normal()
    temperature = 60 + 8 * heat + 1.5 * normal()
    bearing = 45 + 5 * heat + 2 * load + 1.5 * normal()
    vibration = 2 + 0.5 * load + 0.3 * normal() / sqrt(0.05 + uniform())
    humidity = 40 + 10 * normal()
    starts = poisson(2 * exp(0.6 * load))
    valve = normal() < 2 * heat ? "true" : "false"
    mode = load + 0.3 * normal() < -0.5 ? "low" : load > 0.8 ? "high" : "normal"
    printf "%.0f,%.2f,%.3f,%.2f,%.2f,%.2f,%.3f,%.1f,%d,%s,%s\n", speed, flow, pressure, power, temperature, bearing, vibration, humidity, starts, valve, mode
  }
}
