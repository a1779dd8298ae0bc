# Compiler settings that every target of ours shares. Third-party headers come in as SYSTEM.
add_library(ds_options INTERFACE)
target_compile_options(ds_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Werror
  -Wno-missing-field-initializers  # a struct with named defaults may be given in part
  -fno-omit-frame-pointer)
target_include_directories(ds_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_definitions(ds_options INTERFACE DS_VERSION="${PROJECT_VERSION}")

set(DS_SANITIZE "" CACHE STRING "Sanitizers: 'address,undefined' or 'thread'")
if(DS_SANITIZE)
  target_compile_options(ds_options INTERFACE -fsanitize=${DS_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(ds_options INTERFACE -fsanitize=${DS_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(ds_options INTERFACE
    -D_FORTIFY_SOURCE=2 -fstack-protector-strong -D_GLIBCXX_ASSERTIONS)
  target_link_options(ds_options INTERFACE -Wl,-z,relro,-z,now)
endif()

find_program(DS_MOLD mold)
if(DS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
find_program(DS_CCACHE ccache)
if(DS_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${DS_CCACHE})
endif()
