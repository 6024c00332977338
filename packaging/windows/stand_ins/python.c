/* python.exe: starts the interpreter of python311.dll. */
#include <wchar.h>
extern __declspec(dllimport) int Py_Main(int, wchar_t **);
int wmain(int argc, wchar_t **argv) { return Py_Main(argc, argv); }
