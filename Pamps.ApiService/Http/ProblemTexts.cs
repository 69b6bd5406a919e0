using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Http;

/// <summary>What problem codes mean, in the languages of messages. Also the source of the pages below <c>/problems/</c>.</summary>
internal static class ProblemTexts
{
    /// <summary>Status and titles by code.</summary>
    public static readonly IReadOnlyDictionary<string, (int Status, string English, string Portuguese)> All =
        new Dictionary<string, (int, string, string)>
        {
            [ProblemCodes.MalformedRequest] = (400, "The request could not be read.", "A requisição não pôde ser lida."),
            [ProblemCodes.ValidationFailed] = (400, "One or more members break their rules.", "Um ou mais campos não seguem as regras."),
            [ProblemCodes.InvalidFile] = (400, "The file cannot be used.", "O arquivo não pode ser usado."),
            [ProblemCodes.InvalidCursor] = (400, "The place in the list is not valid.", "A posição na lista não é válida."),
            [ProblemCodes.InvalidGrant] = (400, "The sign-in is not valid.", "O acesso não é válido."),
            [ProblemCodes.InvalidScope] = (400, "The scope is not valid.", "O escopo não é válido."),
            [ProblemCodes.UnsupportedGrantType] = (400, "The grant type is not supported.", "O tipo de concessão não é aceito."),
            [ProblemCodes.TokenMissing] = (401, "Sign in first.", "Entre na sua conta primeiro."),
            [ProblemCodes.TokenInvalid] = (401, "The credentials are not valid.", "As credenciais não são válidas."),
            [ProblemCodes.TokenExpired] = (401, "The token has expired.", "O token expirou."),
            [ProblemCodes.ScopeMissing] = (403, "The credentials lack a scope.", "Falta um escopo nas credenciais."),
            [ProblemCodes.AccountSuspended] = (403, "The account is suspended.", "A conta está suspensa."),
            [ProblemCodes.ThreadLocked] = (403, "The thread takes no more comments.", "A conversa não aceita mais comentários."),
            [ProblemCodes.Forbidden] = (403, "You may not do this.", "Você não pode fazer isto."),
            [ProblemCodes.NotFound] = (404, "There is no such thing here.", "Não há nada aqui com este endereço."),
            [ProblemCodes.MethodNotAllowed] = (405, "The resource does not know this method.", "O recurso não aceita este método."),
            [ProblemCodes.UsernameTaken] = (409, "The user name is taken.", "O nome de usuário já existe."),
            [ProblemCodes.EmailTaken] = (409, "The e-mail address is taken.", "O e-mail já está em uso."),
            [ProblemCodes.RequestInFlight] = (409, "The first request with this key is still running.", "A primeira requisição com esta chave ainda está em andamento."),
            [ProblemCodes.Conflict] = (409, "The state of the resource forbids this.", "O estado do recurso não permite isto."),
            [ProblemCodes.Gone] = (410, "It was here, and is gone.", "Existia, e foi removido."),
            [ProblemCodes.VersionMismatch] = (412, "The resource has changed since you read it.", "O recurso mudou desde a sua leitura."),
            [ProblemCodes.TooLarge] = (413, "The body is too large.", "O corpo é grande demais."),
            [ProblemCodes.UnsupportedMediaType] = (415, "The content type is not understood.", "O tipo de conteúdo não é aceito."),
            [ProblemCodes.IdempotencyKeyReused] = (422, "The idempotency key belongs to another request.", "A chave de idempotência pertence a outra requisição."),
            [ProblemCodes.RateLimited] = (429, "Too many requests.", "Requisições demais."),
            [ProblemCodes.InternalError] = (500, "Something went wrong on our side.", "Algo deu errado do nosso lado."),
            [ProblemCodes.Unavailable] = (503, "A part of the service is away.", "Uma parte do serviço está fora do ar."),
        };

    /// <summary>The title of a code.</summary>
    /// <param name="code">A problem code.</param>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    public static string Title(string code, string language)
    {
        var (_, english, portuguese) = All[code];
        return language == Languages.Portuguese ? portuguese : english;
    }

    /// <summary>The code of a document that the framework made.</summary>
    /// <param name="problem">The document, with its status.</param>
    public static string CodeOf(ProblemDetails problem) => problem.Status switch
    {
        StatusCodes.Status400BadRequest when problem is HttpValidationProblemDetails => ProblemCodes.ValidationFailed,
        StatusCodes.Status401Unauthorized => ProblemCodes.TokenMissing,
        StatusCodes.Status403Forbidden => ProblemCodes.Forbidden,
        StatusCodes.Status404NotFound => ProblemCodes.NotFound,
        StatusCodes.Status405MethodNotAllowed => ProblemCodes.MethodNotAllowed,
        StatusCodes.Status409Conflict => ProblemCodes.Conflict,
        StatusCodes.Status410Gone => ProblemCodes.Gone,
        StatusCodes.Status412PreconditionFailed => ProblemCodes.VersionMismatch,
        StatusCodes.Status413PayloadTooLarge => ProblemCodes.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => ProblemCodes.UnsupportedMediaType,
        StatusCodes.Status429TooManyRequests => ProblemCodes.RateLimited,
        StatusCodes.Status503ServiceUnavailable => ProblemCodes.Unavailable,
        >= StatusCodes.Status500InternalServerError => ProblemCodes.InternalError,
        _ => ProblemCodes.MalformedRequest,
    };
}
