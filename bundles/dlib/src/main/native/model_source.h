// SPDX-License-Identifier: Apache-2.0
#ifndef FACEGATE_MODEL_SOURCE_H
#define FACEGATE_MODEL_SOURCE_H

#include <dlib/serialize.h>

#include <fstream>
#include <istream>
#include <streambuf>
#include <string>

namespace facegate {

/// Reads from memory without a copy.
class MemoryBuffer : public std::streambuf {
 public:
  MemoryBuffer(const unsigned char* bytes, long long size) {
    char* begin = const_cast<char*>(reinterpret_cast<const char*>(bytes));
    setg(begin, begin, begin + size);
  }
};

/// Reads a model that must fill its source to the last byte.
template <typename Model>
void read_model(Model& model, std::istream& in) {
  deserialize(model, in);
  if (in.peek() != std::istream::traits_type::eof())
    throw dlib::serialization_error("The model is followed by bytes that do not belong to it.");
}

template <typename Model>
void load_model(Model& model, const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw dlib::serialization_error("Unable to open " + path + " for reading.");
  read_model(model, in);
}

template <typename Model>
void load_model(Model& model, const unsigned char* bytes, long long size) {
  if (bytes == nullptr || size <= 0) throw dlib::serialization_error("The model is empty.");
  MemoryBuffer buffer(bytes, size);
  std::istream in(&buffer);
  read_model(model, in);
}

}  // namespace facegate

#endif
