#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace ds::net {

/// An element of a small XML answer. Attributes, comments and processing instructions are dropped,
/// and so is the prefix of a name ("s3:Key" is "Key"). `text` is the character data directly
/// inside.
struct XmlNode {
    std::string name;
    std::string text;
    std::vector<XmlNode> children;

    /// The first child of that name, or null.
    const XmlNode* child(std::string_view wanted) const;
    /// Its text without surrounding white space, or empty.
    std::string_view text_of(std::string_view wanted) const;
};

/// Reads hostile text: no DTD, no entities but the five of XML and character numbers, at most 32
/// levels and 200,000 elements. Code::corrupt otherwise.
Result<XmlNode> parse_xml(std::string_view text);

}  // namespace ds::net
