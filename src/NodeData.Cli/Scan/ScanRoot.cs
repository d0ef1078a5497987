namespace NodeData.Cli.Scan;

/// <summary>
/// The directory that paths are relative to and that holds the ignore file: the top level of the repository, or the working directory outside a repository.
/// </summary>
internal sealed class ScanRoot(string folder)
{
    public string Folder { get; } = folder;

    /// <summary>Returns a path as reports show it: relative to the root with forward slashes, or absolute if it is outside.</summary>
    public string GetDisplayPath(string path)
    {
        var relativePath = Path.GetRelativePath(Folder, path).Replace(Path.DirectorySeparatorChar, '/');
        return relativePath.StartsWith("../", StringComparison.Ordinal) ? path.Replace(Path.DirectorySeparatorChar, '/') : relativePath;
    }
}
