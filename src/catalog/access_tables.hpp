#pragma once

#include "catalog/tables.hpp"
#include "model/access.hpp"

/// The tables of how people get in; those that few need are apart from tables.hpp.
namespace ds::catalog {

inline constexpr Table<model::UserSession> sessions{"sessions"};
inline constexpr Table<model::Invitation> invitations{"invitations"};
inline constexpr Table<model::SecondFactor> second_factors{"second_factors"};
inline constexpr Table<model::Preferences> preferences{"preferences"};
inline constexpr Table<model::Picture> pictures{"pictures"};

}  // namespace ds::catalog
