#pragma once

#include "http/connection.hpp"
#include "http/server.hpp"

/// What handlers' and streams' threads do for a connection that is theirs for the moment.
namespace ds::http {

/// Calls the handler; what it throws becomes a 500.
Response call_handler(const Options& options, const Handler& handler, const Request& request,
                      const std::stop_token& stop);

/// Puts the answer, with its body unless it is streamed, into the connection's output. False: it
/// cannot be sent, and a 500 is there instead.
bool render_answer(const Options& options, Connection& connection, const Response& response);

/// An answer that ends the connection, for requests that no handler sees.
void render_refusal(Connection& connection, const wire::Refusal& refusal);

/// Sends what goes at once. False: the client is gone.
bool send_output(Connection& connection);

/// Sends head and produced body. False: the connection must not be used again.
bool serve_stream(const Options& options, Connection& connection, const Response& response);

/// Answers the upgrade and runs the conversation, or leaves the refusal of a wrong upgrade in the
/// connection's output.
void serve_websocket(const Options& options, Connection& connection, Response response);

/// How long sending so many bytes may take.
std::chrono::milliseconds send_time(const Options& options, std::size_t bytes);

}  // namespace ds::http
