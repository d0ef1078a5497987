namespace NodeData.Sdk.Http;

/// <summary>Prepares received JSON for System.Text.Json, which rejects what some servers send.</summary>
internal static class JsonText
{
    // JSON does not allow a byte order mark, but lets a reader ignore it (RFC 8259, section 8.1).
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Returns the JSON without a byte order mark and without unpaired surrogates; the same bytes if there is neither.</summary>
    public static ReadOnlySpan<byte> Normalize(ReadOnlySpan<byte> json) => UnpairedSurrogates.Replace(WithoutByteOrderMark(json));

    /// <summary>Returns the text without a byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> text) =>
        text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;
}
