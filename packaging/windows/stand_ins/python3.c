/* python3.dll: every name of the stable ABI is forwarded to python311.dll by the export list. */
int DllMain(void *module, unsigned reason, void *reserved) { return 1; }
