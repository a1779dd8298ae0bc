#pragma once

#include <string>

#include "base/result.hpp"
#include "model/event.hpp"
#include "sys/run.hpp"

namespace ds::notify {

/// The other side has the message.
struct Receipt {
    int status = 0;      // of HTTP or SMTP
    std::string answer;  // what it said: one short line without our secrets
};

/// A channel that tells people. Promises every driver makes, proven against servers that check the
/// vendor's rules to the letter: whatever an event holds, it is shortened to fit, never refused for
/// its form; one try takes at most a minute and stops when `run.stop` fires; no error and no
/// receipt holds a secret; redirects are not followed. A transient error may succeed later, and not
/// before Error::wait_seconds(); any other will not succeed until somebody changes something. May
/// be used from several threads.
class Notifier {
public:
    virtual ~Notifier() = default;
    virtual Result<Receipt> send(const model::Event& event, const sys::Run& run) = 0;
};

}  // namespace ds::notify
