-- For wrk: every connection waits between its requests, so that all together keep a rate.
local wait = tonumber(os.getenv("DELAY_MS"))
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")

-- Called before each request. Spread, or the connections would move in step.
function delay()
   return wait * (0.5 + math.random())
end

function done(summary, latency, requests)
   local errors = summary.errors
   local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
   io.write(string.format('{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "errors": %d}\n', summary.requests,
      summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000, bad))
end
