using System.Text;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>Parses the header of a file in a diff: its path, its blobs, and whether it is binary.</summary>
internal static class DiffFileHeader
{
    /// <summary>The prefix of the first line: <c>diff --git a b</c>, or <c>diff --cc file</c> and <c>diff --combined file</c> for a merge.</summary>
    public static ReadOnlySpan<byte> Prefix => "diff --"u8;

    /// <summary>Creates the change from the first line of the header.</summary>
    /// <param name="commit">The commit that the change belongs to; null for none.</param>
    /// <param name="text">The first line.</param>
    public static FileChange CreateChange(string? commit, ReadOnlySpan<byte> text)
    {
        var rest = text[Prefix.Length..];
        var path = rest.StartsWith("git "u8)
            ? DiffPath.ReadFromGitHeader(rest["git ".Length..])
            : DiffPath.Read(rest[(rest.IndexOf((byte)' ') + 1)..], ""u8);
        return new FileChange(commit, path);
    }

    /// <summary>Applies a further line of the header to the change.</summary>
    public static void ApplyLine(ReadOnlySpan<byte> text, FileChange change)
    {
        if (text.StartsWith("index "u8))
        {
            // index OLD,OLD..NEW MODE
            var blobs = Encoding.ASCII.GetString(text["index ".Length..]).Split(' ')[0].Split("..");
            (change.OldBlobs, change.NewBlob) = (blobs[0].Split(','), blobs[1]);
        }
        else if (text.StartsWith("rename to "u8))
        {
            change.Path = DiffPath.Read(text["rename to ".Length..], ""u8);
        }
        else if (text.StartsWith("+++ "u8) && !text.SequenceEqual("+++ /dev/null"u8))
        {
            change.Path = DiffPath.Read(text["+++ ".Length..], "b/"u8);
        }
        else if (text.StartsWith("Binary files "u8))
        {
            change.IsBinary = true;
        }
    }
}
