/* Wine 8 lacks ICU, which Qt asks for converters: there are none, and Qt goes on with its own. */
#define EXPORT __declspec(dllexport)
#define NOTHING(name) EXPORT void name(void) {}
#define NO_TEXT(name) EXPORT void *name(void) { return 0; }

EXPORT void *ucnv_open(const char *name, int *error) {
    if (error) *error = 2;
    return 0;
}
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT const char *ucnv_getName(void *converter, int *error) { return ""; }
EXPORT char ucnv_getMaxCharSize(void *converter) { return 1; }

NOTHING(ucnv_close)
NOTHING(ucnv_reset)
NOTHING(ucnv_cbFromUWriteUChars)
NOTHING(ucnv_cbToUWriteUChars)
NOTHING(ucnv_fromUnicode)
NOTHING(ucnv_toUnicode)
NOTHING(ucnv_getFromUCallBack)
NOTHING(ucnv_getToUCallBack)
NOTHING(ucnv_setFromUCallBack)
NOTHING(ucnv_setToUCallBack)
NOTHING(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NOTHING(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NO_TEXT(ucnv_fromUCountPending)
NO_TEXT(ucnv_toUCountPending)
NO_TEXT(ucnv_getAvailableName)
NO_TEXT(ucnv_getStandardName)
