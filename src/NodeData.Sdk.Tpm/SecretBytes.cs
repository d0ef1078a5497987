using System.Security.Cryptography;

namespace NodeData.Sdk.Tpm;

/// <summary>A buffer for secrets. It is pinned, so that the garbage collector leaves no copy behind, and is zeroed after use.</summary>
internal sealed class SecretBytes(int length) : IDisposable
{
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);

    public int Length => _bytes.Length;

    public Span<byte> Span => _bytes;

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
}
