using NodeData.Emulator.Keys;
using NodeData.Sdk;

namespace NodeData.Emulator.Authentication;

/// <summary>Who asks: the stored key, and its text as the request brought it.</summary>
internal sealed record Caller(KeyRecord Key, ApiKey ApiKey)
{
    public KeyMode Mode => Key.Mode;
}
