namespace Pamps.ApiService.Contracts;

/// <summary>What answers at this address.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of the product.</param>
/// <param name="Api">Where the API begins.</param>
/// <param name="OpenApi">The document of the API.</param>
/// <param name="Docs">A page to try the API.</param>
/// <param name="Reference">A page to read about the API.</param>
/// <param name="Message">A greeting; clients of older APIs look for it.</param>
public sealed record ServiceResponse(string Name, string Version, string Api, string OpenApi, string Docs, string Reference, string Message);

/// <summary>What a problem code means.</summary>
/// <param name="Code">The code.</param>
/// <param name="Status">The HTTP status it comes with.</param>
/// <param name="Title">What it means, in the language asked for.</param>
public sealed record ProblemCodeResponse(string Code, int Status, string Title);
