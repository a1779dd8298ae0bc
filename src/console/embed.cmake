# Builds console/ with npm into what the binary embeds: DS_CONSOLE_FILES, and DS_CONSOLE_TABLE where
# table.inc lies. It is the same for every preset, so it is built once, in console/dist.
# DS_CONSOLE_NODE is the node that builds and tests it.
enable_language(ASM)
option(DS_CONSOLE "Embed the web console (needs node and npm)" ON)
find_program(DS_NPM npm)
find_program(DS_NODE node)
set(console ${CMAKE_SOURCE_DIR}/console)
set(npm_ci ${DS_NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error)

# ds_npm_packages(<folder>): node_modules of that folder, as its lock file says.
function(ds_npm_packages folder)
  add_custom_command(
    OUTPUT ${folder}/node_modules/.package-lock.json
    COMMAND ${npm_ci}
    COMMAND ${CMAKE_COMMAND} -E touch ${folder}/node_modules/.package-lock.json
    DEPENDS ${folder}/package.json ${folder}/package-lock.json
    WORKING_DIRECTORY ${folder}
    COMMENT "npm packages of ${folder}")
endfunction()

# Vite needs a newer node than Debian 12 has; npm has one as a package.
function(ds_console_node)
  execute_process(COMMAND ${DS_NODE} --version OUTPUT_VARIABLE version)
  string(REGEX MATCH "[0-9]+[.0-9]*" version "${version}")
  if(version VERSION_GREATER_EQUAL 20.19)
    set(DS_CONSOLE_NODE ${DS_NODE} PARENT_SCOPE)
    return()
  endif()
  ds_npm_packages(${console}/tools/node)
  set(kind x64)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
    set(kind arm64)
  endif()
  set(DS_CONSOLE_NODE ${console}/tools/node/node_modules/node-linux-${kind}/bin/node PARENT_SCOPE)
  set(node_packages ${console}/tools/node/node_modules/.package-lock.json PARENT_SCOPE)
endfunction()

if(DS_CONSOLE AND DS_NPM AND DS_NODE)
  ds_console_node()
  ds_npm_packages(${console})
  set(DS_CONSOLE_TABLE ${console}/dist)
  set(DS_CONSOLE_FILES ${console}/dist/files.S)
  file(GLOB_RECURSE console_sources CONFIGURE_DEPENDS ${console}/src/* ${console}/public/*)
  list(FILTER console_sources EXCLUDE REGEX "[.]test[.]ts$|/src/testing/")
  add_custom_command(
    OUTPUT ${console}/dist/files.S ${console}/dist/table.inc
    COMMAND ${DS_CONSOLE_NODE} tools/build.mjs
    DEPENDS ${console_sources} ${console}/index.html ${console}/vite.config.ts ${console}/tsconfig.json
      ${console}/tools/build.mjs ${console}/tools/budget.mjs ${console}/tools/embed.mjs ${console}/tools/worker.mjs
      ${console}/node_modules/.package-lock.json ${node_packages}
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
set_property(GLOBAL PROPERTY DS_CONSOLE_NODE "${DS_CONSOLE_NODE}")
