"""FastAPI: the public REST API, auth, OpenAPI.  Reads through `store`, never touches tables."""
