# Builds console/ with npm into what the binary embeds: DS_CONSOLE_FILES, and DS_CONSOLE_TABLE where
# table.inc lies. It is the same for every preset, so it is built once, in console/dist.
enable_language(ASM)
find_program(DS_NPM npm)
find_program(DS_NODE node)
option(DS_CONSOLE "Embed the web console (needs node and npm)" ON)

if(DS_CONSOLE AND DS_NPM AND DS_NODE)
  set(console ${CMAKE_SOURCE_DIR}/console)
  set(DS_CONSOLE_TABLE ${console}/dist)
  set(DS_CONSOLE_FILES ${console}/dist/files.S)
  file(GLOB_RECURSE console_sources CONFIGURE_DEPENDS ${console}/src/* ${console}/public/*)
  add_custom_command(
    OUTPUT ${console}/node_modules/.package-lock.json
    COMMAND ${DS_NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${console}/node_modules/.package-lock.json
    DEPENDS ${console}/package.json ${console}/package-lock.json
    WORKING_DIRECTORY ${console}
    COMMENT "The console's packages, as its lock file says")
  add_custom_command(
    OUTPUT ${console}/dist/files.S ${console}/dist/table.inc
    COMMAND ${DS_NODE} tools/build.mjs
    DEPENDS ${console_sources} ${console}/index.html ${console}/vite.config.ts ${console}/tsconfig.json
      ${console}/tools/build.mjs ${console}/tools/budget.mjs ${console}/tools/embed.mjs
      ${console}/node_modules/.package-lock.json
    WORKING_DIRECTORY ${console}
    COMMENT "The console")
  set_source_files_properties(table.cpp PROPERTIES OBJECT_DEPENDS ${console}/dist/table.inc)
else()
  if(DS_CONSOLE)
    message(WARNING "node and npm are missing: the program gets no web console")
  endif()
  set(DS_CONSOLE_TABLE ${CMAKE_CURRENT_BINARY_DIR})
  set(DS_CONSOLE_FILES)
  file(WRITE ${DS_CONSOLE_TABLE}/table.inc
    "namespace ds::console {\nstatic std::span<const File> embedded_files() { return {}; }\n}\n")
endif()
