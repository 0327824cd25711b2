# cmake -DVQI=PROGRAM -DOUTPUT=FOLDER -P make_manual.cmake: lets the tool write its man pages and completions.
cmake_minimum_required(VERSION 3.25)

# write_help(file argument ...): writes what "vqi help ARGUMENT..." prints.
function(write_help file)
  execute_process(COMMAND ${VQI} help ${ARGN} OUTPUT_FILE ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# The memory that a program still holds at its end is of no interest here.
set(ENV{ASAN_OPTIONS} "detect_leaks=0:$ENV{ASAN_OPTIONS}")
execute_process(COMMAND ${VQI} help --man OUTPUT_VARIABLE pages COMMAND_ERROR_IS_FATAL ANY
                OUTPUT_STRIP_TRAILING_WHITESPACE)
string(REPLACE "\n" ";" pages "${pages}")
file(MAKE_DIRECTORY ${OUTPUT}/man1 ${OUTPUT}/man5 ${OUTPUT}/completions)
foreach(page IN LISTS pages)
  cmake_path(GET page EXTENSION LAST_ONLY section)
  string(SUBSTRING ${section} 1 -1 section)
  write_help(${OUTPUT}/man${section}/${page} --man ${page})
endforeach()
write_help(${OUTPUT}/completions/vqi --completion bash)
write_help(${OUTPUT}/completions/_vqi --completion zsh)
write_help(${OUTPUT}/completions/vqi.fish --completion fish)
