namespace NodeData.Sdk.Tests.Conventions;

/// <summary>What a <see cref="PublicApiEntry"/> describes.</summary>
internal enum PublicApiKind
{
    Type,
    Constructor,
    Method,
    Property,
    Constant,

    /// <summary>A member of an enumeration.</summary>
    Field,
}
