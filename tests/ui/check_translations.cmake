# Reads the texts of the interface again, as lupdate does, and fails when one of them has no translation.
configure_file(${SOURCE}/resources/translations/cantilena_zh_CN.ts ${WORK}/check_zh_CN.ts COPYONLY)
execute_process(COMMAND ${LUPDATE} -silent -locations none -recursive ${SOURCE}/ui -ts ${WORK}/check_zh_CN.ts
    RESULT_VARIABLE result)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "lupdate failed: ${result}")
endif()
file(READ ${WORK}/check_zh_CN.ts text)
string(REGEX MATCHALL "<source>[^<]*</source>[^<]*(<comment>[^<]*</comment>[^<]*)?<translation type=\"unfinished\"" missing "${text}")
if(missing)
    message(FATAL_ERROR "Texts without a translation; run lupdate and translate them:\n${missing}")
endif()
