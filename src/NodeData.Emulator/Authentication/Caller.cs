using NodeData.Emulator.Keys;
using NodeData.Sdk;

namespace NodeData.Emulator.Authentication;

/// <summary>The caller: the stored key, and its text from the request.</summary>
internal sealed record Caller(KeyRecord Key, ApiKey ApiKey)
{
    public KeyMode Mode => Key.Mode;
}
