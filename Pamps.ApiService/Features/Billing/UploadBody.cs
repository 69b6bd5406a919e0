using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// The file in a request, as a stream: the body itself, or the part named <c>file</c> of a multipart form; unpacked when
/// it starts like gzip (RFC 1952), whatever the headers say. Nothing is read ahead but the first two bytes.
/// </summary>
internal sealed class UploadBody
{
    private readonly MultipartReader? _form;

    private UploadBody(Stream content, string fileName, string? contentType, MultipartReader? form)
    {
        Packed = (content as GzipFile)?.Packed;
        Content = content;
        FileName = fileName;
        ContentType = contentType;
        _form = form;
    }

    /// <summary>The unpacked content.</summary>
    public Stream Content { get; }

    /// <summary>What is behind it, when it was packed.</summary>
    public CountedStream? Packed { get; }

    public string FileName { get; }

    /// <summary>The media type of the file: of the part, or of the request.</summary>
    public string? ContentType { get; }

    /// <summary>Opens the file; null when a form has none.</summary>
    /// <exception cref="BadHttpRequestException">The form cannot be read, or the request is larger than allowed.</exception>
    public static async Task<UploadBody?> OpenAsync(HttpContext context, long maxBytes, CancellationToken cancellationToken)
    {
        // The framework's own limit, 30 MB, is meant for bodies that are held in memory.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }

        if (context.Request.ContentLength > maxBytes)
        {
            throw new FileTooLargeException(maxBytes);
        }

        // An upload holds a connection to the database, so it may not trickle: 16 KB a second after ten seconds' grace.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate(16 * 1024, TimeSpan.FromSeconds(10));
        }

        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await OpenAsync(context.Request.Body, "upload.csv", type?.MediaType.Value, form: null, cancellationToken);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
        {
            throw new BadHttpRequestException("The form has no usable boundary.");
        }

        var form = new MultipartReader(boundary, context.Request.Body);
        try
        {
            while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                    && HeaderUtilities.RemoveQuotes(disposition.Name).Equals("file", StringComparison.Ordinal))
                {
                    var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
                    var partType = MediaTypeHeaderValue.TryParse(section.ContentType, out var parsed) ? parsed.MediaType.Value : null;
                    return await OpenAsync(section.Body, name ?? "upload.csv", partType, form, cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form cannot be read.", exception);
        }

        return null;
    }

    /// <summary>Checks, after the file was read, that the form around it ends as it should: that of an upload that was cut off does not.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        while (_form is not null && await _form.ReadNextSectionAsync(cancellationToken) is not null)
        {
            // Other parts are of no interest.
        }
    }

    private static async Task<UploadBody> OpenAsync(Stream body, string fileName, string? contentType, MultipartReader? form, CancellationToken cancellationToken)
    {
        var start = new byte[2];
        var length = await body.ReadAtLeastAsync(start, 2, throwOnEndOfStream: false, cancellationToken);
        var read = start.AsMemory(0, length);
        Stream content = start is [0x1F, 0x8B] ? new GzipFile(read, body) : new CountedStream(read, body);
        return new UploadBody(content, Path.GetFileName(fileName.Replace('\\', '/')), contentType, form);
    }
}
