internal import CLuaShim
