using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Builders;

/// <summary>A post that is valid until a test makes it otherwise.</summary>
public sealed class CreatePostRequestBuilder
{
    private string _text = $"Something worth saying, {Guid.NewGuid():N}.";
    private string? _title;
    private string? _parentId;
    private string? _lang;
    private bool _published = true;

    /// <summary>Sets the text.</summary>
    /// <param name="text">The text; null keeps the default.</param>
    public CreatePostRequestBuilder Saying(string? text)
    {
        _text = text ?? _text;
        return this;
    }

    /// <summary>Sets the title.</summary>
    /// <param name="title">The title.</param>
    public CreatePostRequestBuilder Titled(string title)
    {
        _title = title;
        return this;
    }

    /// <summary>Makes it a reply.</summary>
    /// <param name="parent">The post to answer.</param>
    public CreatePostRequestBuilder Answering(PostResponse parent)
    {
        ArgumentNullException.ThrowIfNull(parent);
        _parentId = parent.Id;
        return this;
    }

    /// <summary>Sets the language.</summary>
    /// <param name="lang">A BCP 47 tag.</param>
    public CreatePostRequestBuilder In(string lang)
    {
        _lang = lang;
        return this;
    }

    /// <summary>Keeps it unpublished.</summary>
    public CreatePostRequestBuilder AsDraft()
    {
        _published = false;
        return this;
    }

    /// <summary>Makes the request.</summary>
    public CreatePostRequest Build() => new() { Text = _text, Title = _title, ParentId = _parentId, Lang = _lang, Published = _published };
}
