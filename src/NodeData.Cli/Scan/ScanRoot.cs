namespace NodeData.Cli.Scan;

/// <summary>What paths are named from, and where the ignores lie: the top of the repository, or the working folder outside of one.</summary>
internal sealed class ScanRoot(string folder)
{
    public string Folder { get; } = folder;

    /// <summary>A path as reports name it: from the base, with slashes; in full where it lies elsewhere.</summary>
    public string GetDisplayPath(string path)
    {
        var relativePath = Path.GetRelativePath(Folder, path).Replace(Path.DirectorySeparatorChar, '/');
        return relativePath.StartsWith("../", StringComparison.Ordinal) ? path.Replace(Path.DirectorySeparatorChar, '/') : relativePath;
    }
}
