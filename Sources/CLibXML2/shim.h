#include <libxml/xmlversion.h>
// Debian's libxml2 pulls in ICU headers that clash with Foundation's own ICU. The only struct this
// changes is xmlCharEncodingHandler, which is never touched from Swift.
#undef LIBXML_ICU_ENABLED
#include <libxml/xmlreader.h>
#include <libxml/xmlerror.h>
