/* Wine 8's mscms lacks what Qt asks about colour profiles: no profile, every time. */
#include <windows.h>

#define EXPORT __declspec(dllexport)

EXPORT HANDLE WINAPI OpenColorProfileW(void *profile, DWORD access, DWORD share, DWORD creation) { return 0; }
EXPORT HANDLE WINAPI WcsCreateIccProfile(HANDLE profile, DWORD options) { return 0; }
EXPORT BOOL WINAPI GetColorProfileFromHandle(HANDLE profile, BYTE *buffer, DWORD *size) {
    if (size) *size = 0;
    return FALSE;
}
EXPORT BOOL WINAPI CloseColorProfile(HANDLE profile) { return TRUE; }
