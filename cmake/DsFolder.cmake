# ds_add_folder(<name> SOURCES … [TESTS …] [LIVE …] DEPENDS <folders…> [LIBRARIES <packages…>])
#
# One folder of src/ = one static library ds_<name>. TESTS become ds_<name>_tests (label unit: fast,
# no server); LIVE become ds_<name>_live (label live: real servers). DEPENDS equals the folder's row
# in docs/HOUSE.md; tests/house checks the includes against it.
include(GoogleTest)
function(ds_add_folder name)
  cmake_parse_arguments(ARG "" "" "SOURCES;TESTS;LIVE;DEPENDS;LIBRARIES" ${ARGN})
  add_library(ds_${name} STATIC ${ARG_SOURCES})
  list(TRANSFORM ARG_DEPENDS PREPEND ds_)
  target_link_libraries(ds_${name} PUBLIC ds_options fmt::fmt Threads::Threads ${ARG_DEPENDS} ${ARG_LIBRARIES})
  if(DS_TESTS AND ARG_TESTS)
    ds_add_test(ds_${name}_tests unit SOURCES ${ARG_TESTS} LIBRARIES ds_${name})
  endif()
  if(DS_TESTS AND ARG_LIVE)
    ds_add_test(ds_${name}_live live SOURCES ${ARG_LIVE} LIBRARIES ds_${name})
  endif()
endfunction()

# ds_add_test(<target> <label> SOURCES … LIBRARIES …): a gtest program; one ctest entry per test case.
# The target "unit" builds all programs with that label and nothing else.
function(ds_add_test target label)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${target} ${ARG_SOURCES})
  target_link_libraries(${target} PRIVATE ${ARG_LIBRARIES} GTest::gtest GTest::gmock GTest::gtest_main)
  if(label STREQUAL "unit")
    if(NOT TARGET unit)
      add_custom_target(unit)
    endif()
    add_dependencies(unit ${target})
  endif()
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS ${label} TIMEOUT ${ARG_TIMEOUT})
endfunction()

# ds_add_fuzzer(<name> SOURCES … LIBRARIES …): ds_fuzz_<name>, in the fuzz preset only.
function(ds_add_fuzzer name)
  if(DS_FUZZ)
    cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
    add_executable(ds_fuzz_${name} ${ARG_SOURCES})
    target_link_libraries(ds_fuzz_${name} PRIVATE ${ARG_LIBRARIES})
    target_link_options(ds_fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(ds_fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzzers)
  endif()
endfunction()
