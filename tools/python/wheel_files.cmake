# What goes into the wheel beside the sources of the package: the module, and the tool with its plug-ins, which pip puts
# into bin/ and lib/vqi/. Takes VQI_WHEEL_MODULE, VQI_WHEEL_TOOL and VQI_WHEEL_PLUGINS, the files.
install(FILES ${VQI_WHEEL_MODULE} DESTINATION vqi COMPONENT python)
install(PROGRAMS ${VQI_WHEEL_TOOL} DESTINATION ${SKBUILD_SCRIPTS_DIR} COMPONENT python)
install(FILES ${VQI_WHEEL_PLUGINS} DESTINATION ${SKBUILD_DATA_DIR}/lib/vqi COMPONENT python)
